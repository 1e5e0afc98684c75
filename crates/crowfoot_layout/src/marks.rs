//! The notations at the ends of lines, as shapes that canvas and SVG both draw.

use crowfoot_schema::Notation;

use crate::{End, Pt};

/// One stroke or figure of an end notation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarkShape {
    /// A straight stroke in the line's colour.
    Stroke(Pt, Pt),
    /// A circle in the line's colour; one that is not filled is painted in the ground's colour
    /// inside, so that the line does not show through.
    Circle { center: Pt, radius: f32, is_filled: bool },
    /// A rhombus with the ground's colour inside (IDEF1X: the parent may be missing).
    Diamond { center: Pt, radius: f32 },
    /// A short text, centred there.
    Text { at: Pt, text: &'static str },
}

/// Calls `draw` with the shapes at an end of a line.
pub fn mark_shapes(end: &End, notation: Notation, mut draw: impl FnMut(MarkShape)) {
    let sign = end.facing.sign();
    let at = |along: f32, across: f32| Pt::new(end.at.x + sign * along, end.at.y + across);
    let mark = end.mark;
    match notation {
        Notation::CrowsFoot => {
            // The inner symbol says how many at most, the outer one how many at least.
            let outer = if mark.is_many {
                draw(MarkShape::Stroke(at(12.0, 0.0), at(0.0, -6.0)));
                draw(MarkShape::Stroke(at(12.0, 0.0), at(0.0, 6.0)));
                12.0
            } else {
                draw(MarkShape::Stroke(at(7.0, -6.0), at(7.0, 6.0)));
                7.0
            };
            if mark.is_optional {
                let center = at(outer + 5.0, 0.0);
                draw(MarkShape::Circle { center, radius: 4.0, is_filled: false });
            } else {
                let bar = outer + 5.0;
                draw(MarkShape::Stroke(at(bar, -6.0), at(bar, 6.0)));
            }
        }
        Notation::Labels => {
            let text = match (mark.is_many, mark.is_optional) {
                (true, _) => "*",
                (false, true) => "0..1",
                (false, false) => "1",
            };
            // Lines of one column are closer than a text is high.
            let aside = f32::from(end.rank) * 17.0;
            let out = if text.len() > 1 { 15.0 } else { 9.0 };
            draw(MarkShape::Text { at: at(out + aside, -8.0), text });
        }
        Notation::Idef1x => {
            if mark.is_child {
                let center = at(5.0, 0.0);
                draw(MarkShape::Circle { center, radius: 4.5, is_filled: true });
                if !mark.is_many {
                    draw(MarkShape::Text { at: at(14.0, -8.0), text: "Z" });
                }
            } else if mark.is_optional {
                draw(MarkShape::Diamond { center: at(7.0, 0.0), radius: 6.0 });
            }
        }
    }
}
