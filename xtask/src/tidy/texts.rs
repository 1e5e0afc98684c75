//! What must not stand in any file that we keep.

use std::{fs, path::Path};

use anyhow::Result;

use crate::workspace::{command, output, root};

/// The longest that a source file may be, in lines.
const LONGEST: usize = 800;

/// Texts that are forbidden, in the parts that keep this file from holding them itself.
const FORBIDDEN: [(&[&str], &str); 13] = [
    (&["FIX", "ME"], "finish it, or say it in an issue"),
    (&["XX", "X"], "finish it, or say it in an issue"),
    (&["to", "do!("], "finish it"),
    (&["unimple", "mented!("], "finish it"),
    (&["#[", "ignore"], "a test runs or goes"),
    (&["test.", "skip("], "a test runs or goes"),
    (&["describe.", "skip("], "a test runs or goes"),
    (&[".", "only("], "a test does not keep others from running"),
    (&["/ro", "ot/"], "no path of one machine"),
    (&["/wo", "rk/"], "no path of one machine"),
    (&["/home", "/runner"], "no path of one machine"),
    (&["registry.npm", "js.org"], "no address of a registry"),
    (&["static.cra", "tes.io"], "no address of a registry"),
];

/// Texts that are forbidden in Rust alone.
const FORBIDDEN_IN_RUST: [(&[&str], &str); 1] =
    [(&["#[al", "low("], "use `#[expect(..., reason = \"...\")]`")];

pub(super) fn check() -> Result<Vec<String>> {
    let files =
        output(command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]));
    // A tree without git, such as a package of the sources, has nothing to be held against.
    let Ok(files) = files else { return Ok(Vec::new()) };

    let mut faults = Vec::new();
    for name in files.lines() {
        let Ok(text) = fs::read_to_string(root().join(name)) else { continue };
        faults.extend(faults_of(name, &text));
    }
    Ok(faults)
}

fn faults_of(name: &str, text: &str) -> Vec<String> {
    let extension = Path::new(name).extension().and_then(|it| it.to_str()).unwrap_or_default();
    let is_rust = extension == "rs";
    let mut faults = Vec::new();

    let mut look_for = |parts: &[&str], why: &str| {
        let forbidden = parts.concat();
        for (at, line) in text.lines().enumerate() {
            if line.contains(&forbidden) {
                faults.push(format!("{name}:{}: `{forbidden}`: {why}", at + 1));
            }
        }
    };
    if is_text_of_ours(name) {
        FORBIDDEN.iter().for_each(|(parts, why)| look_for(parts, why));
    }
    if is_rust {
        FORBIDDEN_IN_RUST.iter().for_each(|(parts, why)| look_for(parts, why));
    }

    let is_source = matches!(extension, "rs" | "ts" | "svelte" | "css");
    let n_lines = text.lines().count();
    if is_source && n_lines > LONGEST && !name.contains("/generated/") {
        faults.push(format!("{name}: {n_lines} lines, at most {LONGEST}: split it"));
    }
    faults
}

/// Test data may hold anything.
fn is_text_of_ours(name: &str) -> bool {
    !name.contains("tests/data/") && !name.contains("/fixtures/")
}

#[cfg(test)]
mod tests {
    fn check(name: &str, text: &str, n_faults: usize) {
        assert_eq!(super::faults_of(name, text).len(), n_faults, "{name}: {text}");
    }

    #[test]
    fn unfinished_work_is_found() {
        check("a.rs", &["// FIX", "ME: later"].concat(), 1);
        check("a.rs", &["to", "do!()"].concat(), 1);
        check("tests/data/a.sql", &["-- XX", "X"].concat(), 0);
    }

    #[test]
    fn one_machine_is_found() {
        check("a.md", &["see /ro", "ot/a"].concat(), 1);
        check("a.md", "see `docs/a`", 0);
    }

    #[test]
    fn long_files_are_found() {
        check("a.rs", &"\n".repeat(801), 1);
        check("a.md", &"\n".repeat(801), 0);
    }

    #[test]
    fn lints_are_expected_and_not_allowed() {
        check("a.rs", &["#[al", "low(dead_code)]"].concat(), 1);
        check("a.md", &["#[al", "low(dead_code)]"].concat(), 0);
    }
}
