//! A diagram as bytes: its document as JSON, compressed with gzip.

use std::io::{Read, Write};

use bytes::Bytes;
use crowfoot_schema::{Diagram, Document};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};

use crate::StoreError;

/// Encodes a diagram for [`Snapshot`](crate::Snapshot). Work for a blocking thread when it is large.
pub fn encode_snapshot(diagram: &Diagram) -> Bytes {
    compress(|sink| {
        serde_json::to_writer(sink, &Document::from(diagram))
            .expect("a document has string keys only, and memory takes every byte");
    })
}

/// Reads back what [`encode_snapshot`] wrote.
///
/// # Errors
/// When the bytes are something else.
pub fn decode_snapshot(bytes: &[u8]) -> Result<Diagram, StoreError> {
    let corrupt = |what: String| StoreError::Corrupt(format!("snapshot: {what}"));
    let json = decompress(bytes).map_err(|source| corrupt(source.to_string()))?;
    let document: Document =
        serde_json::from_slice(&json).map_err(|source| corrupt(source.to_string()))?;
    document.into_diagram().map_err(|source| corrupt(source.to_string()))
}

/// What `write` writes, compressed for speed rather than size.
pub(crate) fn compress(write: impl FnOnce(&mut std::io::BufWriter<GzEncoder<Vec<u8>>>)) -> Bytes {
    let encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let mut sink = std::io::BufWriter::with_capacity(64 * 1024, encoder);
    write(&mut sink);
    sink.flush().expect("memory takes every byte");
    let encoder = sink.into_inner().unwrap_or_else(|_| unreachable!("it was just flushed"));
    encoder.finish().expect("memory takes every byte").into()
}

pub(crate) fn decompress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len() * 8);
    GzDecoder::new(bytes).read_to_end(&mut plain)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::{Change, ChangeSet, Diagram, IdMint, Table};

    use super::{decode_snapshot, encode_snapshot};

    #[test]
    fn a_snapshot_reads_back_as_the_same_diagram() {
        let mut mint = IdMint::new(1, 1);
        let table = Box::new(Table::new(mint.id(), None, "users"));
        let mut diagram = Diagram::new();
        diagram.apply(&ChangeSet::new("add users", vec![Change::CreateTable { table }])).unwrap();

        assert_eq!(decode_snapshot(&encode_snapshot(&diagram)).unwrap(), diagram);
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        assert!(decode_snapshot(b"").is_err());
        assert!(decode_snapshot(b"{}").is_err());
    }
}
