//! Reads DBML from standard input, prints what there is to say about it to standard error and the
//! diagram as DBML to standard output.

use std::io::{Read, Write};

use crowfoot_schema::IdMint;
use crowfoot_text::LineIndex;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let parsed = crowfoot_dbml::import(&text, &mut IdMint::new(0, 0));
    let lines = LineIndex::new(&text);
    let mut errors = std::io::stderr().lock();
    for diagnostic in &parsed.diagnostics {
        writeln!(errors, "{}", diagnostic.summary(&lines))?;
        if let Some(help) = &diagnostic.help {
            writeln!(errors, "    help: {help}")?;
        }
    }
    let printed = crowfoot_dbml::print(&parsed.value);
    for notice in &printed.notices {
        writeln!(errors, "notice {}: {}", notice.code, notice.message)?;
    }
    std::io::stdout().write_all(printed.text.as_bytes())
}
