//! Inter, whole and cut down to some characters.

use std::collections::BTreeSet;

use subsetter::GlyphRemapper;
use ttf_parser::{Face, RawFace, Tag};

/// Inter in weight 400 (SIL Open Font License 1.1).
pub(crate) const REGULAR: &[u8] = include_bytes!("../fonts/Inter-Regular.ttf");
/// Inter in weight 600 (SIL Open Font License 1.1).
pub(crate) const SEMIBOLD: &[u8] = include_bytes!("../fonts/Inter-SemiBold.ttf");

/// A font with the glyphs of these characters alone, for the web.
pub(crate) fn subset(data: &[u8], used: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = Face::parse(data, 0).ok()?;
    let mut glyphs = GlyphRemapper::new();
    let mut map = Vec::new();
    for &c in used {
        let (Ok(code), Some(glyph)) = (u16::try_from(u32::from(c)), face.glyph_index(c)) else {
            continue;
        };
        map.push((code, glyphs.remap(glyph.0)));
    }
    let cut = subsetter::subset(data, 0, &glyphs).ok()?;

    // The cut serves PDF, which needs no map of characters; browsers need one, and the metrics.
    let cut = RawFace::parse(&cut, 0).ok()?;
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for record in cut.table_records {
        // What PostScript calls the glyphs is of no use to anyone here.
        if ![Tag::from_bytes(b"post"), Tag::from_bytes(b"name")].contains(&record.tag) {
            tables.push((record.tag.to_bytes(), cut.table(record.tag)?.to_vec()));
        }
    }
    tables.push((*b"cmap", cmap(&map)));
    tables.push((*b"OS/2", face.raw_face().table(Tag::from_bytes(b"OS/2"))?.to_vec()));
    tables.push((*b"name", vec![0, 0, 0, 0, 0, 6]));
    let mut post = vec![0; 32];
    post[1] = 3;
    tables.push((*b"post", post));
    tables.sort_by_key(|it| it.0);
    Some(sfnt(&tables))
}

/// A `cmap` with one table of format 4 in which each character is a segment of its own.
///
/// Invariant: the characters are in order.
fn cmap(map: &[(u16, u16)]) -> Vec<u8> {
    let n = map.len() as u16 + 1;
    let log = 15 - n.leading_zeros() as u16;
    let range = 2u16 << log;
    let length = 16 + 8 * n;
    let head = [0, 1, 3, 1, 0, 12, 4, length, 0, 2 * n, range, log, 2 * n - range];
    let codes = || map.iter().map(|it| it.0).chain([0xffff]);
    let deltas = map.iter().map(|it| it.1.wrapping_sub(it.0)).chain([1]);
    let words = head
        .into_iter()
        .chain(codes())
        .chain([0])
        .chain(codes())
        .chain(deltas)
        .chain(std::iter::repeat_n(0, usize::from(n)));
    words.flat_map(u16::to_be_bytes).collect()
}

/// A font file of some tables, which are in the order of their tags.
fn sfnt(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let n = tables.len() as u16;
    let log = 15 - n.leading_zeros() as u16;
    let range = 16u16 << log;
    let mut file = vec![0, 1, 0, 0];
    for word in [n, range, log, 16 * n - range] {
        file.extend(word.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    for (tag, data) in tables {
        file.extend(tag);
        for word in [checksum(data), at as u32, data.len() as u32] {
            file.extend(word.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        file.extend(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use ttf_parser::Face;

    use super::{REGULAR, SEMIBOLD, subset};

    #[test]
    fn a_cut_font_draws_what_it_was_cut_for() {
        let whole = Face::parse(REGULAR, 0).unwrap();
        let cut = subset(REGULAR, &"Änderung_42 ж€".chars().collect()).unwrap();
        assert!(cut.len() < 10_000, "{} bytes", cut.len());
        let face = Face::parse(&cut, 0).unwrap();
        for c in "Änderung_42 ж€".chars() {
            let (glyph, of_whole) = (face.glyph_index(c).unwrap(), whole.glyph_index(c).unwrap());
            assert_eq!(face.glyph_hor_advance(glyph), whole.glyph_hor_advance(of_whole), "{c}");
            assert_eq!(face.glyph_bounding_box(glyph), whole.glyph_bounding_box(of_whole), "{c}");
        }
        assert_eq!(face.glyph_index('b'), None);
    }

    #[test]
    fn no_character_is_fine() {
        assert!(subset(SEMIBOLD, &"表".chars().collect()).is_some());
    }

    /// What tables measure with is what is drawn, up to kerning.
    #[test]
    fn glyphs_are_as_wide_as_the_layout_takes_them_to_be() {
        use crowfoot_layout::{Typeface, Weight, text_width};
        for (data, weight) in [(REGULAR, Weight::Regular), (SEMIBOLD, Weight::Semibold)] {
            let face = Face::parse(data, 0).unwrap();
            for c in ('!'..='~').chain('À'..='ž') {
                let Some(glyph) = face.glyph_index(c) else { continue };
                let drawn = f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * 100.0 / 2048.0;
                let measured = text_width(&c.to_string(), Typeface { size: 100, weight });
                assert!((drawn - measured).abs() < 0.2, "{c}: {drawn} and {measured}");
            }
        }
    }
}
