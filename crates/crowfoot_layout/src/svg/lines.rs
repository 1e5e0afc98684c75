//! Lines with the notations at their ends.

use crate::{
    End, Line, MARK_FACE, MarkShape, Pt, Rect, mark_shapes, scene,
    sizes::{BEND_RADIUS, LABEL_FACE},
    svg::pen::{Anchor, Pen, round},
};

/// How far from its points a line's forks, marks and texts reach.
const REACH: i32 = 80;

impl Pen<'_> {
    pub(super) fn lines(&mut self, frame: Rect) {
        // On the middle of pixels, as on the canvas.
        self.raw(
            "<g fill=\"none\" stroke-width=\"1.25\" stroke-linejoin=\"round\" \
             transform=\"translate(.5 .5)\">\n",
        );
        for line in self.options.part.lines(self.scene) {
            let bounds = scene::line_bounds(&line.points).map(|it| it.grown(REACH));
            if bounds.is_some_and(|it| it.overlaps(frame)) {
                self.line(line);
            }
        }
        self.raw("</g>\n");
    }

    fn line(&mut self, line: &Line) {
        let theme = self.options.theme;
        let own = line.ink.tint.map(|it| it.css(theme));
        let color = own.unwrap_or_else(|| self.palette.line.to_owned());
        // Two pixels wide, it lies between pixels and not on their middle.
        let bold = if line.ink.is_bold {
            " stroke-width=\"2\" transform=\"translate(-.5 -.5)\""
        } else {
            ""
        };
        self.put(format_args!("<g stroke=\"{color}\"{bold}><path"));
        if let [first, rest @ ..] = line.ink.pattern.dashes() {
            self.put(format_args!(" stroke-dasharray=\"{first}"));
            for length in rest {
                self.put(format_args!(" {length}"));
            }
            self.raw("\"");
        }
        self.raw(" d=\"");
        self.rounded(&line.points);
        for end in [&line.from, &line.to] {
            for (a, b) in end.fork_segments() {
                self.stroke(a, b);
            }
        }
        self.raw("\"/>");
        for end in [&line.from, &line.to] {
            self.marks(end, &color);
        }
        if let Some(label) = line.label.as_ref().filter(|_| self.options.has_ref_names) {
            let at = (label.at.x, label.at.y - 5.0);
            self.text(&label.text, LABEL_FACE, at, Anchor::Middle, ("label", ""));
        }
        self.raw("</g>\n");
    }

    fn stroke(&mut self, a: Pt, b: Pt) {
        let (a, b) = (rounded(a), rounded(b));
        self.put(format_args!("M{} {}L{} {}", a.x, a.y, b.x, b.y));
    }

    /// A path along some points with its bends rounded.
    fn rounded(&mut self, points: &[Pt]) {
        let Some(first) = points.first() else { return };
        self.put(format_args!("M{} {}", round(first.x), round(first.y)));
        for at in 1..points.len() {
            let (before, here) = (points[at - 1], points[at]);
            let Some(&after) = points.get(at + 1) else {
                self.put(format_args!("L{} {}", round(here.x), round(here.y)));
                break;
            };
            let reach = |a: Pt, b: Pt| (a.x - b.x).abs() + (a.y - b.y).abs();
            let radius = BEND_RADIUS.min(reach(before, here) / 2.0).min(reach(here, after) / 2.0);
            let toward = |b: Pt| {
                let length = reach(here, b).max(0.001);
                rounded(Pt::new(
                    here.x + (b.x - here.x) / length * radius,
                    here.y + (b.y - here.y) / length * radius,
                ))
            };
            let (a, b) = (toward(before), toward(after));
            let turn =
                (here.x - before.x) * (after.y - here.y) - (here.y - before.y) * (after.x - here.x);
            let (radius, sweep) = (round(radius), u8::from(turn > 0.0));
            self.put(format_args!(
                "L{} {}A{radius} {radius} 0 0 {sweep} {} {}",
                a.x, a.y, b.x, b.y
            ));
        }
    }

    fn marks(&mut self, end: &End, color: &str) {
        let ground = self.palette.ground;
        let mut strokes = Vec::new();
        let mut figures = Vec::new();
        mark_shapes(end, self.scene.notation(), |shape| match shape {
            MarkShape::Stroke(a, b) => strokes.push((a, b)),
            figure => figures.push(figure),
        });
        if !strokes.is_empty() {
            self.raw("<path d=\"");
            for (a, b) in strokes {
                self.stroke(a, b);
            }
            self.raw("\"/>");
        }
        for figure in figures {
            match figure {
                MarkShape::Stroke(..) => {}
                MarkShape::Circle { center, radius, is_filled } => {
                    let fill = if is_filled { color } else { ground };
                    let Pt { x, y } = rounded(center);
                    self.put(format_args!(
                        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\"/>"
                    ));
                }
                MarkShape::Diamond { center, radius: r } => {
                    let Pt { x, y } = rounded(center);
                    self.put(format_args!(
                        "<path d=\"M{} {y}L{x} {}L{} {y}L{x} {}Z\" fill=\"{ground}\"/>",
                        x - r,
                        y - r,
                        x + r,
                        y + r
                    ));
                }
                MarkShape::Gap(a, b) => {
                    let (a, b) = (rounded(a), rounded(b));
                    self.put(format_args!(
                        "<path d=\"M{} {}H{}V{}H{}Z\" fill=\"{ground}\" stroke=\"none\"/>",
                        a.x, a.y, b.x, b.y, a.x
                    ));
                }
                MarkShape::Text { at, text } => {
                    let at = (at.x, at.y + 3.6);
                    let style = format!("fill:{color};stroke:none");
                    self.text(text, MARK_FACE, at, Anchor::Middle, ("mark", &style));
                }
            }
        }
    }
}

fn rounded(at: Pt) -> Pt {
    Pt::new(round(at.x), round(at.y))
}
