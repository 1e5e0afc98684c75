use crowfoot_schema::Point;

/// A rectangle on the canvas in whole pixels at zoom 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// The left edge.
    pub x: i32,
    /// The top edge.
    pub y: i32,
    /// The width.
    pub w: i32,
    /// The height.
    pub h: i32,
}

impl Rect {
    /// The rectangle with those corners.
    pub const fn spanning(x0: i32, y0: i32, x1: i32, y1: i32) -> Self {
        Self { x: x0, y: y0, w: x1 - x0, h: y1 - y0 }
    }

    /// The right edge.
    pub const fn right(self) -> i32 {
        self.x + self.w
    }

    /// The bottom edge.
    pub const fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// Grown by so much on each side.
    #[must_use]
    pub const fn grown(self, by: i32) -> Self {
        Self { x: self.x - by, y: self.y - by, w: self.w + 2 * by, h: self.h + 2 * by }
    }

    /// The same rectangle elsewhere.
    #[must_use]
    pub const fn moved(self, dx: i32, dy: i32) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    /// Whether the two share more than an edge.
    pub const fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether the point lies in it or on its edge.
    pub fn contains(self, x: f32, y: f32) -> bool {
        x >= self.x as f32
            && x <= self.right() as f32
            && y >= self.y as f32
            && y <= self.bottom() as f32
    }

    /// The smallest rectangle around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self::spanning(
            self.x.min(other.x),
            self.y.min(other.y),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// The top left corner.
    pub const fn corner(self) -> Point {
        Point { x: self.x, y: self.y }
    }
}

/// A point of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pt {
    pub x: f32,
    pub y: f32,
}

impl Pt {
    /// The point at those coordinates.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// How far a point is from the segment between two others.
    pub(crate) fn distance_to(self, a: Self, b: Self) -> f32 {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx * dx + dy * dy;
        let t = if length == 0.0 {
            0.0
        } else {
            (((self.x - a.x) * dx + (self.y - a.y) * dy) / length).clamp(0.0, 1.0)
        };
        (self.x - a.x - t * dx).hypot(self.y - a.y - t * dy)
    }
}
