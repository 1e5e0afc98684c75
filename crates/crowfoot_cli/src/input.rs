//! Reading a text from a file or standard input, whatever its encoding.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use anyhow::{Context, Result, bail};

/// A text to be read, and how it came to be one.
pub(crate) struct Input {
    /// As people know it: the path, or `<stdin>`.
    pub(crate) name: String,
    pub(crate) text: String,
    /// Something odd about the bytes that the reader should hear of.
    pub(crate) warning: Option<String>,
}

/// Reads the file, or standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Input> {
    let (name, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        ("<stdin>".to_owned(), bytes)
    } else {
        let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        (path.display().to_string(), bytes)
    };
    let (text, warning) = decode(bytes).with_context(|| format!("cannot read `{name}`"))?;
    if text.len() >= u32::MAX as usize {
        bail!("`{name}` is larger than 4 GiB");
    }
    Ok(Input { name, text, warning })
}

/// The text of some bytes: UTF-8, else UTF-16 by its byte order mark, else Latin-1.
fn decode(bytes: Vec<u8>) -> Result<(String, Option<String>)> {
    if bytes.starts_with(b"SQLite format 3\0") {
        bail!(
            "it is a SQLite database and not text; \
             write its schema to a file first: sqlite3 FILE .schema > schema.sql"
        );
    }
    if bytes.starts_with(b"PGDMP") {
        bail!(
            "it is a dump in PostgreSQL's own format; \
             make it SQL first: pg_restore --schema-only --file schema.sql FILE"
        );
    }
    if let Some(text) = utf16(&bytes) {
        return Ok((text, None));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let text = match text.strip_prefix('\u{feff}') {
                Some(rest) => rest.to_owned(),
                None => text,
            };
            return Ok((text, None));
        }
        Err(error) => error,
    };
    let at = bytes.utf8_error().valid_up_to();
    let bytes = bytes.into_bytes();
    if bytes.contains(&0) {
        bail!("it is not text: byte {at} is no UTF-8 and there are zero bytes");
    }
    let line = bytes[..at].iter().filter(|it| **it == b'\n').count() + 1;
    let warning = format!("line {line} is no UTF-8, the text was read as Latin-1");
    Ok((bytes.iter().map(|it| char::from(*it)).collect(), Some(warning)))
}

/// The text if a byte order mark says that it is UTF-16.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<String, _>>().ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn check(bytes: &[u8], text: &str, is_odd: bool) {
        let (found, warning) = decode(bytes.to_vec()).unwrap();
        assert_eq!((found.as_str(), warning.is_some()), (text, is_odd));
    }

    #[test]
    fn every_encoding_that_dumps_come_in_is_read() {
        check("naïve".as_bytes(), "naïve", false);
        check("\u{feff}naïve".as_bytes(), "naïve", false);
        check(b"na\xefve", "naïve", true);
        check(&[0xff, 0xfe, b'a', 0, 0xef, 0], "aï", false);
        check(&[0xfe, 0xff, 0, b'a'], "a", false);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"\xff\0\0\xff".to_vec()).is_err());
        assert!(
            decode(b"SQLite format 3\0...".to_vec()).unwrap_err().to_string().contains(".schema")
        );
    }
}
