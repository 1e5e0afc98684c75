//! Tables with their rows.

use crowfoot_schema::Color;

use crate::{
    Rect, Row, RowFlags, TableBox,
    color::{mixed, readable_on},
    sizes::{
        CORNER_RADIUS, HEADER_HEIGHT, ICON_WIDTH, KEY_FACE, NAME_FACE, NULL_WIDTH, PADDING,
        ROW_HEIGHT, TITLE_FACE, TYPE_FACE,
    },
    svg::pen::{Anchor, Pen},
    text_width,
};

/// From the top of the header, or of a row, to the baseline of its text.
const TITLE_BASELINE: i32 = 18;
const ROW_BASELINE: i32 = 15;

impl Pen<'_> {
    pub(super) fn tables(&mut self, frame: Rect) {
        for table in self.options.part.tables(self.scene) {
            if table.rect.grown(2).overlaps(frame) {
                self.table(table, frame);
            }
        }
    }

    fn table(&mut self, table: &TableBox, frame: Rect) {
        let Rect { x, y, w, h } = table.rect;
        let r = CORNER_RADIUS;
        self.put(format_args!(
            "<g class=\"table\"><rect class=\"shadow\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" \
             rx=\"{}\"/><rect class=\"body\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\"/>",
            x - 1,
            y + 1,
            w + 2,
            h + 2,
            r + 1,
        ));
        let header = match &table.header_color {
            None => self.palette.header.to_owned(),
            // A strong colour glares on the dark ground.
            Some(color) if self.is_dark() => mixed(color.as_str(), "#1b212a", 0.72),
            Some(color) => color.as_str().to_owned(),
        };
        self.header(table, &header);
        let rows: Vec<(i32, &Row)> = (0..)
            .zip(&table.rows)
            .map(|(at, row)| (y + HEADER_HEIGHT + at * ROW_HEIGHT, row))
            .filter(|(top, _)| *top <= frame.bottom() && top + ROW_HEIGHT >= frame.y)
            .collect();
        for (top, _) in rows.iter().filter(|it| it.0 > y + HEADER_HEIGHT) {
            self.put(format_args!(
                "<rect class=\"rule\" x=\"{x}\" y=\"{top}\" width=\"{w}\" height=\"1\"/>"
            ));
        }
        self.put(format_args!(
            "<rect class=\"edge\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            x as f32 + 0.5,
            y as f32 + 0.5,
            w - 1,
            h - 1,
            r as f32 - 0.5,
        ));
        if !table.rows.is_empty() {
            let rule = match table.header_color.as_ref().map(Color::as_str) {
                None => self.palette.outline,
                Some(_) => header.as_str(),
            };
            self.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"1\" fill=\"{rule}\"/>",
                x + 1,
                y + HEADER_HEIGHT - 1,
                w - 2,
            ));
        }
        self.title(table, &header);
        for (top, row) in rows {
            self.row(table.rect, top, row);
        }
        self.raw("</g>\n");
    }

    fn header(&mut self, table: &TableBox, fill: &str) {
        let Rect { x, y, w, .. } = table.rect;
        let r = CORNER_RADIUS;
        let (foot, round) = if table.rows.is_empty() {
            let round = format!("a{r} {r} 0 0 1 -{r} {r}H{}a{r} {r} 0 0 1 -{r} -{r}", x + r);
            (HEADER_HEIGHT - 2 * r, round)
        } else {
            (HEADER_HEIGHT - r, format!("H{x}"))
        };
        self.put(format_args!(
            "<path d=\"M{x} {}a{r} {r} 0 0 1 {r} -{r}H{}a{r} {r} 0 0 1 {r} {r}v{foot}{round}Z\" \
             fill=\"{fill}\"/>",
            y + r,
            x + w - r,
        ));
    }

    fn title(&mut self, table: &TableBox, header: &str) {
        let Rect { x, y, w, .. } = table.rect;
        let is_colored = table.header_color.is_some();
        let strong = if is_colored { readable_on(header) } else { self.palette.header_text };
        let mut left = (x + PADDING) as f32;
        let baseline = (y + TITLE_BASELINE) as f32;
        if let Some(name) = &table.schema {
            let style = if is_colored {
                format!("fill:{strong};fill-opacity:.75")
            } else {
                format!("fill:{}", self.palette.header_muted)
            };
            self.text(name, TYPE_FACE, (left, baseline), Anchor::Start, ("schema", &style));
            left += text_width(name, TYPE_FACE) + 6.0;
        }
        let style = format!("fill:{strong}");
        self.text(&table.title, TITLE_FACE, (left, baseline), Anchor::Start, ("title", &style));
        if table.has_note {
            self.put(format_args!(
                "<use href=\"#said\" x=\"{}\" y=\"{}\" fill=\"{strong}\" fill-opacity=\".7\"/>",
                x + w - PADDING,
                y + HEADER_HEIGHT / 2,
            ));
        }
    }

    fn row(&mut self, rect: Rect, top: i32, row: &Row) {
        let Rect { x, w, .. } = rect;
        let middle = top + ROW_HEIGHT / 2;
        let is_primary = row.flags.has(RowFlags::PRIMARY);
        let is_foreign = row.flags.has(RowFlags::FOREIGN);
        let icon = if is_primary {
            Some("pk")
        } else if is_foreign {
            Some("fk")
        } else {
            row.flags.has(RowFlags::UNIQUE).then_some("uq")
        };
        let left = x + PADDING + 5;
        if let Some(icon) = icon {
            self.put(format_args!(
                "<use href=\"#{icon}\" class=\"{icon}\" x=\"{left}\" y=\"{middle}\"/>"
            ));
        }
        if is_primary && is_foreign {
            self.put(format_args!(
                "<circle class=\"dot\" cx=\"{}\" cy=\"{middle}\" r=\"1.3\"/>",
                left as f32 - 2.4
            ));
        }
        let baseline = (top + ROW_BASELINE) as f32;
        let (face, class) = if is_primary { (KEY_FACE, "key") } else { (NAME_FACE, "") };
        let at = ((x + PADDING + ICON_WIDTH) as f32, baseline);
        self.text(&row.name, face, at, Anchor::Start, (class, ""));
        let at = ((x + w - PADDING - NULL_WIDTH) as f32, baseline);
        self.text(&row.ty, TYPE_FACE, at, Anchor::End, ("type", ""));
        if !row.flags.has(RowFlags::NOT_NULL) {
            self.put(format_args!(
                "<use href=\"#nil\" class=\"nil\" x=\"{}\" y=\"{middle}\"/>",
                (x + w - PADDING) as f32 - 1.5
            ));
        }
    }
}
