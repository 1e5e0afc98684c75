//! How a picture is laid out on pages.

use crowfoot_layout::Rect;

/// Points of paper for a pixel: 72 of one and 96 of the other make an inch.
pub(crate) const POINT: f32 = 0.75;
/// Around each page, in points.
pub(crate) const MARGIN: f32 = 28.0;
/// How much of each tile is on the next page, too, in points.
pub(crate) const OVERLAP: f32 = 24.0;
/// No page of a PDF is larger, in points.
const LARGEST: f32 = 14_400.0;

/// The pages of a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub size: PaperSize,
    pub orientation: Orientation,
    pub pages: Pages,
}

/// How large a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperSize {
    /// As large as the picture: always one page.
    #[default]
    Drawing,
    A4,
    A3,
    Letter,
}

/// Which way a page is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// As suits the picture.
    #[default]
    Auto,
    Portrait,
    Landscape,
}

/// Over how many pages the picture goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pages {
    /// One, made to fit.
    #[default]
    One,
    /// As many as it needs at its scale, each with a strip of the next one.
    Tiled,
}

/// A plan of pages.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// In points.
    pub(crate) page: (f32, f32),
    /// Points of paper for a pixel of the diagram.
    pub(crate) scale: f32,
    pub(crate) columns: u32,
    pub(crate) rows: u32,
    /// From the left and top edge of a page to the picture.
    pub(crate) inset: (f32, f32),
}

/// A page of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    pub(crate) column: u32,
    pub(crate) row: u32,
    /// What of the diagram is on it.
    pub(crate) frame: Rect,
}

impl Plan {
    /// Lays a picture of that size out.
    pub(crate) fn new(paper: Paper, frame: Rect, scale: f32) -> Self {
        let (w, h) = (frame.w as f32, frame.h as f32);
        let Some((short, long)) = paper.size.points() else {
            let scale = (POINT * scale).min(LARGEST / w.max(h));
            let page = ((w * scale).clamp(3.0, LARGEST), (h * scale).clamp(3.0, LARGEST));
            return Self { page, scale, columns: 1, rows: 1, inset: (0.0, 0.0) };
        };
        let plan = |page| match paper.pages {
            Pages::One => Self::one(page, (w, h)),
            Pages::Tiled => Self::tiled(page, (w, h), POINT * scale),
        };
        let (portrait, landscape) = (plan((short, long)), plan((long, short)));
        match paper.orientation {
            Orientation::Portrait => portrait,
            Orientation::Landscape => landscape,
            Orientation::Auto => {
                // Larger where it is made to fit, fewer pages where it is not.
                let is_better = landscape.scale > portrait.scale
                    || landscape.n_pages() < portrait.n_pages()
                    || (landscape.n_pages() == portrait.n_pages() && w > h);
                if is_better { landscape } else { portrait }
            }
        }
    }

    /// In the middle of a page, at its natural size at most.
    fn one(page: (f32, f32), (w, h): (f32, f32)) -> Self {
        let room = (page.0 - 2.0 * MARGIN, page.1 - 2.0 * MARGIN);
        let scale = POINT.min(room.0 / w).min(room.1 / h);
        let inset = ((page.0 - w * scale) / 2.0, (page.1 - h * scale) / 2.0);
        Self { page, scale, columns: 1, rows: 1, inset }
    }

    fn tiled(page: (f32, f32), (w, h): (f32, f32), scale: f32) -> Self {
        let n = |length: f32, page: f32| {
            let room = page - 2.0 * MARGIN;
            (((length * scale - OVERLAP) / (room - OVERLAP)).ceil() as u32).max(1)
        };
        Self { page, scale, columns: n(w, page.0), rows: n(h, page.1), inset: (MARGIN, MARGIN) }
    }

    pub(crate) fn n_pages(&self) -> u64 {
        u64::from(self.columns) * u64::from(self.rows)
    }

    /// The pages in reading order.
    pub(crate) fn tiles(&self, frame: Rect) -> Vec<Tile> {
        if self.n_pages() == 1 {
            return vec![Tile { column: 0, row: 0, frame }];
        }
        let room = |page: f32| ((page - 2.0 * MARGIN) / self.scale).floor() as i32;
        let (w, h) = (room(self.page.0), room(self.page.1));
        let overlap = (OVERLAP / self.scale).floor() as i32;
        let mut tiles = Vec::new();
        for row in 0..self.rows {
            for column in 0..self.columns {
                let x = frame.x + column as i32 * (w - overlap);
                let y = frame.y + row as i32 * (h - overlap);
                let frame = Rect {
                    x,
                    y,
                    w: w.min(frame.right() - x).max(1),
                    h: h.min(frame.bottom() - y).max(1),
                };
                tiles.push(Tile { column, row, frame });
            }
        }
        tiles
    }
}

impl PaperSize {
    /// The short and the long side in points; none where the picture says it.
    const fn points(self) -> Option<(f32, f32)> {
        match self {
            Self::Drawing => None,
            Self::A4 => Some((595.28, 841.89)),
            Self::A3 => Some((841.89, 1190.55)),
            Self::Letter => Some((612.0, 792.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crowfoot_layout::Rect;

    use super::{MARGIN, Orientation, Pages, Paper, PaperSize, Plan};

    const WIDE: Rect = Rect { x: -100, y: 50, w: 4000, h: 1500 };

    fn paper(size: PaperSize, pages: Pages) -> Paper {
        Paper { size, pages, orientation: Orientation::Auto }
    }

    #[test]
    fn one_page_is_turned_as_suits_and_holds_all() {
        let plan = Plan::new(paper(PaperSize::A4, Pages::One), WIDE, 1.0);
        assert!(plan.page.0 > plan.page.1, "landscape");
        assert!(plan.inset.0 >= MARGIN - 0.01 && plan.inset.1 >= MARGIN);
        assert!(4000.0 * plan.scale <= plan.page.0 - 2.0 * MARGIN + 0.01);
    }

    #[test]
    fn what_is_small_is_not_blown_up() {
        let small = Rect { w: 200, h: 100, ..WIDE };
        assert_eq!(Plan::new(paper(PaperSize::A3, Pages::One), small, 1.0).scale, 0.75);
    }

    #[test]
    fn a_page_can_be_as_large_as_the_picture_up_to_what_pdf_takes() {
        let plan = Plan::new(Paper::default(), WIDE, 1.0);
        assert_eq!(plan.page, (3000.0, 1125.0));
        let huge = Rect { w: 80_000, h: 400, ..WIDE };
        assert_eq!(Plan::new(Paper::default(), huge, 1.0).page.0, 14_400.0);
    }

    #[test]
    fn tiles_cover_the_picture_and_overlap() {
        for (size, scale) in [(PaperSize::A4, 1.0), (PaperSize::Letter, 0.4), (PaperSize::A3, 2.0)]
        {
            let plan = Plan::new(paper(size, Pages::Tiled), WIDE, scale);
            let tiles = plan.tiles(WIDE);
            assert_eq!(tiles.len() as u64, plan.n_pages());
            let last = tiles.last().unwrap().frame;
            assert_eq!((last.right(), last.bottom()), (WIDE.right(), WIDE.bottom()));
            for pair in tiles.windows(2).filter(|it| it[0].row == it[1].row) {
                assert!(pair[1].frame.x < pair[0].frame.right(), "{size:?} {pair:?}");
            }
        }
    }
}
