//! Runs other tools.

use std::{
    fmt::Write as _,
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{Drawing, Input, Line, Rect};

/// How long a tool may compute.
const PATIENCE: Duration = Duration::from_secs(150);
/// Graphviz counts in inches.
const INCH: f64 = 72.0;

/// Another tool and how it is called.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    /// Graphviz, not a package of Node.
    is_graphviz: bool,
}

pub(crate) fn all() -> [Tool; 5] {
    const NODE: &str = include_str!("draw.cjs");
    [
        Tool {
            name: "ELK layered",
            program: "node",
            arguments: &["-e", NODE, "elkjs"],
            is_graphviz: false,
        },
        Tool {
            name: "dagre",
            program: "node",
            arguments: &["-e", NODE, "dagre"],
            is_graphviz: false,
        },
        Tool {
            name: "dot, ortho",
            program: "dot",
            arguments: &["-Gsplines=ortho", "-Grankdir=LR", "-Tplain"],
            is_graphviz: true,
        },
        Tool {
            name: "sfdp, prism",
            program: "sfdp",
            arguments: &["-Goverlap=prism", "-Gsplines=line", "-Tplain"],
            is_graphviz: true,
        },
        Tool {
            name: "sfdp, ortho",
            program: "sfdp",
            arguments: &["-Goverlap=prism", "-Gsplines=ortho", "-Tplain"],
            is_graphviz: true,
        },
    ]
}

impl Tool {
    /// The drawing and the processor time it took, with that of starting the tool.
    pub(crate) fn draw(&self, input: &Input) -> Result<(Drawing, Duration), String> {
        let text = if self.is_graphviz { dot_text(input) } else { plain_text(input) };
        let before = children_time();
        let answer = self.run(text)?;
        let took = children_time() - before;
        let unit = if self.is_graphviz { INCH } else { 1.0 };
        let drawing = parse(&answer, input, unit).ok_or("answers something else than a drawing")?;
        Ok((drawing, took))
    }

    fn run(&self, input: String) -> Result<String, String> {
        let mut child = Command::new(self.program)
            .args(self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| format!("missing: there is no {}", self.program))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let writer = std::thread::spawn(move || {
            // A tool that is not there ends without reading; its status tells.
            stdin.map(|mut it| it.write_all(input.as_bytes()))
        });
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            stdout.map(|mut it| it.read_to_string(&mut text));
            text
        });
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(|it| it.to_string())? {
                break status;
            }
            if start.elapsed() > PATIENCE {
                child.kill().map_err(|it| it.to_string())?;
                child.wait().map_err(|it| it.to_string())?;
                return Err(format!("gave no answer within {PATIENCE:?}"));
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let answer = reader.join().map_err(|_| "its answer cannot be read")?;
        drop(writer.join());
        match status.code() {
            Some(0) => Ok(answer),
            Some(3) => Err("missing: NODE_PATH names no folder with that package".into()),
            _ => Err(format!("failed: {status}")),
        }
    }
}

fn dot_text(input: &Input) -> String {
    let mut text = "digraph {\nnode [shape=box fixedsize=true label=\"\"];\n".to_owned();
    for (at, (w, h)) in input.sizes.iter().enumerate() {
        let (w, h) = (f64::from(*w) / INCH, f64::from(*h) / INCH);
        _ = writeln!(text, "{at} [width={w:.4} height={h:.4}];");
    }
    for (from, to) in &input.links {
        _ = writeln!(text, "{from} -> {to} [arrowhead=none];");
    }
    text + "}\n"
}

fn plain_text(input: &Input) -> String {
    let mut text = String::new();
    for (w, h) in &input.sizes {
        _ = writeln!(text, "node {w} {h}");
    }
    for (from, to) in &input.links {
        _ = writeln!(text, "edge {from} {to}");
    }
    text
}

/// Reads Graphviz's plain format: `node NAME X Y ...` with the middle of the node, and `edge FROM TO
/// N X Y ...` with N control points, of which each third lies on the line.
fn parse(text: &str, input: &Input, unit: f64) -> Option<Drawing> {
    let mut rects = vec![None; input.sizes.len()];
    let mut lines = Vec::new();
    for line in text.replace("\\\n", "").lines() {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words.get(at)?.parse::<f64>().ok().map(|it| it * unit);
        let index = |at: usize| words.get(at)?.parse::<usize>().ok();
        match words[0] {
            "node" => {
                let at = index(1)?;
                let (x, y) = (number(2)?, number(3)?);
                let (w, h) = *input.sizes.get(at)?;
                let (w, h) = (f64::from(w) / 2.0, f64::from(h) / 2.0);
                rects[at] = Some(Rect { left: x - w, top: y - h, right: x + w, bottom: y + h });
            }
            "edge" => {
                let n = index(3)?;
                let points = (0..n).step_by(3);
                let points = points.map(|it| Some((number(4 + 2 * it)?, number(5 + 2 * it)?)));
                let points = points.collect::<Option<Vec<_>>>()?;
                lines.push(Line::new(index(1)?, index(2)?, points));
            }
            _ => {}
        }
    }
    Some(Drawing { rects: rects.into_iter().collect::<Option<Vec<_>>>()?, lines })
}

/// The processor time of this process so far; where the system does not tell, the time that passes.
pub(crate) fn own_time() -> Duration {
    times().map_or_else(passed, |it| it.0)
}

fn children_time() -> Duration {
    times().map_or_else(passed, |it| it.1)
}

fn passed() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// What this process and its ended children computed.
fn times() -> Option<(Duration, Duration)> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which is in brackets, the 12th to 15th field, in hundredths of a second.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let time = |user: usize| Some(Duration::from_millis((ticks(user)? + ticks(user + 1)?) * 10));
    Some((time(11)?, time(13)?))
}
