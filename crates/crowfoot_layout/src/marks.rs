//! The notations at the ends of lines, as shapes that canvas and SVG both draw.

use crowfoot_schema::Notation;

use crate::{End, Pt, Typeface, Weight, text_width};

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
    /// A rectangle between two corners in the ground's colour, over the line: a text follows there.
    Gap(Pt, Pt),
    /// A short text in [`MARK_FACE`], centred there.
    Text { at: Pt, text: &'static str },
}

/// The texts of notations.
pub const MARK_FACE: Typeface = Typeface { size: 12, weight: Weight::Semibold };

/// Calls `draw` with the shapes at an end of a line.
pub fn mark_shapes(end: &End, notation: Notation, mut draw: impl FnMut(MarkShape)) {
    let sign = end.facing.sign();
    // Several notations at one column are smaller than a single one.
    let reach = |alone: f32| end.next.map_or(alone, |it| alone.min(it / 2.0 - 1.0));
    let at = |along: f32, across: f32| Pt::new(end.at.x + sign * along, end.at.y + across);
    let mark = end.mark;
    match notation {
        Notation::CrowsFoot => {
            // The inner symbol says how many at most, the outer one how many at least.
            let wide = reach(6.0);
            let outer = if mark.is_many {
                draw(MarkShape::Stroke(at(12.0, 0.0), at(0.0, -wide)));
                draw(MarkShape::Stroke(at(12.0, 0.0), at(0.0, wide)));
                12.0
            } else {
                draw(MarkShape::Stroke(at(7.0, -wide), at(7.0, wide)));
                7.0
            };
            if mark.is_optional {
                let center = at(outer + 5.0, 0.0);
                draw(MarkShape::Circle { center, radius: reach(4.0), is_filled: false });
            } else {
                let bar = outer + 5.0;
                draw(MarkShape::Stroke(at(bar, -wide), at(bar, wide)));
            }
        }
        Notation::Labels => {
            let text = match (mark.is_many, mark.is_optional) {
                (true, _) => "*",
                (false, true) => "0..1",
                (false, false) => "1",
            };
            // Above its line there is no room where several notations stand over each other.
            match end.next {
                None => {
                    let out = if text.len() > 1 { 12.0 } else { 9.0 };
                    draw(MarkShape::Text { at: at(out, -8.0), text });
                }
                Some(_) => on_line(at(12.0, 0.0), text, &mut draw),
            }
        }
        Notation::Idef1x => {
            if mark.is_child {
                let center = at(5.0, 0.0);
                draw(MarkShape::Circle { center, radius: reach(4.5), is_filled: true });
                if !mark.is_many {
                    match end.next {
                        None => draw(MarkShape::Text { at: at(14.0, -8.0), text: "Z" }),
                        Some(_) => on_line(at(17.0, 0.0), "Z", &mut draw),
                    }
                }
            } else if mark.is_optional {
                draw(MarkShape::Diamond { center: at(7.0, 0.0), radius: reach(6.0) });
            }
        }
    }
}

/// A text in a gap of the line.
fn on_line(at: Pt, text: &'static str, draw: &mut impl FnMut(MarkShape)) {
    let (wide, high) = (text_width(text, MARK_FACE) / 2.0 + 1.0, 5.0);
    draw(MarkShape::Gap(Pt::new(at.x - wide, at.y - high), Pt::new(at.x + wide, at.y + high)));
    draw(MarkShape::Text { at, text });
}
