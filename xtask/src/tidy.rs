//! `cargo xtask tidy`: rules of the source tree that no compiler holds.

mod crates;
mod texts;

use anyhow::{Result, bail};

/// Fails with all faults that were found.
pub(crate) fn tidy() -> Result<()> {
    let mut faults = crates::check()?;
    faults.extend(texts::check()?);
    if !faults.is_empty() {
        bail!("the tree is not tidy:\n  {}", faults.join("\n  "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tree_is_tidy() {
        if let Err(error) = super::tidy() {
            panic!("{error}");
        }
    }
}
