//! Runs steps one after another, counts the tests in what they print, and sums up.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::workspace::words;

/// The steps that ran so far.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    took: Duration,
    tests: Tally,
}

impl Done {
    fn verdict(&self) -> &'static str {
        if self.tests.failed == 0 { "ok" } else { "FAILED" }
    }
}

/// How many tests ran, as the runner said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    /// A step that did its work.
    pub(crate) const PASSED: Self = Self { passed: 1, failed: 0 };
    /// A step that did not.
    pub(crate) const FAILED: Self = Self { passed: 0, failed: 1 };

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl Steps {
    /// Runs one step; a failure is remembered, and the next step runs all the same.
    pub(crate) fn step(&mut self, name: &'static str, run: impl FnOnce() -> Result<Tally>) -> bool {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let result = run();
        let took = start.elapsed();
        let tests = result.unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::FAILED
        });
        let done = Done { name, took, tests };
        eprintln!("--- {name}: {}, {:.1} s", done.verdict(), took.as_secs_f64());
        let is_ok = tests.failed == 0;
        self.done.push(done);
        is_ok
    }

    /// Prints what ran and how it ended. The last line counts tests; a step that has none counts
    /// as one.
    #[expect(clippy::print_stdout, reason = "the closing line is this chore's result")]
    pub(crate) fn close(&self) -> Result<()> {
        let mut total = Tally::default();
        eprintln!("\n=== summary");
        for done in &self.done {
            total.add(done.tests);
            let took = done.took.as_secs_f64();
            eprintln!("{took:>8.1} s  {:<6}  {}", done.verdict(), done.name);
        }
        let took: Duration = self.done.iter().map(|it| it.took).sum();
        eprintln!("{:>8.1} s  in all", took.as_secs_f64());
        println!("{} passed, {} failed", total.passed, total.failed);
        if total.failed > 0 {
            bail!("{} failed", total.failed);
        }
        Ok(())
    }
}

/// Runs the command, shows what it prints, and counts the tests in it; a command without tests
/// counts as one.
pub(crate) fn run_counting(command: &mut Command) -> Result<Tally> {
    let name = words(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    let out = child.stdout.take().expect("it was asked for");
    let err = child.stderr.take().expect("it was asked for");
    let other = thread::spawn(move || pass_on(err));
    let mut tally = pass_on(out);
    tally.add(other.join().unwrap_or_default());

    let status = child.wait()?;
    if !status.success() {
        eprintln!("`{name}` failed ({status})");
        tally.failed = tally.failed.max(1);
    } else if tally.passed == 0 {
        tally = Tally::PASSED;
    }
    Ok(tally)
}

fn pass_on(from: impl Read) -> Tally {
    let mut tally = Tally::default();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        if std::io::stderr().write_all(&line).is_err() {
            break;
        }
        tally.add(count(&String::from_utf8_lossy(&line)));
        line.clear();
    }
    tally
}

/// What a closing line of cargo test, vitest or Playwright says.
fn count(line: &str) -> Tally {
    let line = without_colour(line);
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("test result: ") {
        return Tally { passed: before(rest, "passed"), failed: before(rest, "failed") };
    }
    if let Some(rest) = line.strip_prefix("Tests ") {
        return Tally { passed: before(rest, "passed"), failed: before(rest, "failed") };
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        [n, "passed"] | [n, "passed", _] => Tally { passed: n.parse().unwrap_or(0), failed: 0 },
        [n, "failed"] => Tally { passed: 0, failed: n.parse().unwrap_or(0) },
        _ => Tally::default(),
    }
}

/// The number before a word: 3 in `3 passed; 1 failed` before `passed`.
fn before(text: &str, word: &str) -> usize {
    let words: Vec<&str> = text.split([' ', ';', '|', '.']).filter(|it| !it.is_empty()).collect();
    words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

/// The line without the codes that colour it on a terminal.
fn without_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line.chars();
    while let Some(it) = rest.next() {
        if it == '\u{1b}' {
            rest.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(it);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Tally, count};

    fn check(line: &str, passed: usize, failed: usize) {
        assert_eq!(count(line), Tally { passed, failed }, "{line}");
    }

    #[test]
    fn closing_lines_are_counted() {
        check("test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.1s", 12, 0);
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored", 3, 2);
        check("      Tests  2 failed | 7 passed (9)", 7, 2);
        check("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m7 passed\u{1b}[39m (7)", 7, 0);
        check("  14 passed (32.1s)", 14, 0);
        check("  1 failed", 0, 1);
        check("it passed", 0, 0);
        check("running 3 tests", 0, 0);
    }
}
