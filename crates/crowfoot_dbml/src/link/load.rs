//! Finding all texts that a text uses.

use crowfoot_text::{Diagnostic, Span};

use super::Source;
use crate::{ast::Item, parse, with_line_feeds};

/// How many files deep one may use another.
const DEPTH: usize = 64;

type Load<'l> = dyn FnMut(&Source, &str) -> Result<Source, String> + 'l;

/// For each text and each `use` of it, in order, the text that is used; none where there is none.
pub(super) type Uses = Vec<Vec<Option<usize>>>;

struct Loader<'r, 'l> {
    load: &'r mut Load<'l>,
    sources: Vec<Source>,
    uses: Uses,
    /// The texts that are being looked into, each used by the one before it.
    path: Vec<usize>,
    problems: Vec<(usize, Diagnostic)>,
}

/// All texts, the first one first.
pub(super) fn load(
    root: Source,
    load: &mut Load<'_>,
) -> (Vec<Source>, Uses, Vec<(usize, Diagnostic)>) {
    let mut loader = Loader {
        load,
        sources: vec![root],
        uses: vec![Vec::new()],
        path: Vec::new(),
        problems: Vec::new(),
    };
    loader.visit(0);
    (loader.sources, loader.uses, loader.problems)
}

impl Loader<'_, '_> {
    fn visit(&mut self, at: usize) {
        self.path.push(at);
        for (path, span) in paths(&self.sources[at].text) {
            let used = path.and_then(|path| match self.find(at, &path) {
                Ok(used) => Some(used),
                Err((code, message)) => {
                    self.problems.push((at, Diagnostic::error(code, span, message)));
                    None
                }
            });
            self.uses[at].push(used);
        }
        self.path.pop();
    }

    fn find(&mut self, at: usize, path: &str) -> Result<usize, (&'static str, String)> {
        let found = (self.load)(&self.sources[at], path)
            .map_err(|reason| ("dbml/unreadable-use", reason))?;
        if let Some(known) = self.sources.iter().position(|it| it.name == found.name) {
            let Some(first) = self.path.iter().position(|it| *it == known) else {
                return Ok(known);
            };
            let circle = self.path[first..].iter().chain([&known]);
            let names: Vec<&str> = circle.map(|it| self.sources[*it].name.as_str()).collect();
            let message = format!("files use each other in a circle: {}", names.join(" > "));
            return Err(("dbml/use-circle", message));
        }
        if self.path.len() >= DEPTH {
            let message = format!("`{path}` is used {DEPTH} files deep and is not looked into");
            return Err(("dbml/use-depth", message));
        }
        let new = self.sources.len();
        self.sources.push(found);
        self.uses.push(Vec::new());
        self.visit(new);
        Ok(new)
    }
}

/// The paths that a text names, with the places of their `use`.
fn paths(text: &str) -> Vec<(Option<String>, Span)> {
    if u32::try_from(text.len()).is_err() {
        return Vec::new();
    }
    let text = with_line_feeds(text);
    let ast = parse::parse(&text, &mut Vec::new());
    let uses = ast.items.into_iter().filter_map(|it| match it {
        Item::Use(it) => Some((it.path.map(|it| it.text.into_owned()), it.span)),
        _ => None,
    });
    uses.collect()
}
