//! Reading a schema from a file, and with it the files that it uses.

use std::path::{Component, Path, PathBuf};

use anyhow::Result;
use crowfoot_dbml::Source;
use crowfoot_schema::Diagram;
use crowfoot_text::{Diagnostic, Severity};

use crate::{
    format::{self, Format},
    input::{self, Input},
    report::Reporter,
};

/// A schema as it was read.
pub(crate) struct Schema {
    pub(crate) diagram: Diagram,
    /// The file itself, then those that it uses.
    inputs: Vec<Input>,
    /// Each with the place of its file among them.
    diagnostics: Vec<(usize, Diagnostic)>,
}

impl Schema {
    /// Reads a text of that format, which came from that path.
    pub(crate) fn read(path: &Path, input: Input, format: Format) -> Result<Self> {
        if format != Format::Dbml || path == Path::new("-") {
            let parsed = format.read(&input.text)?;
            let diagnostics = parsed.diagnostics.into_iter().map(|it| (0, it)).collect();
            return Ok(Self { diagram: parsed.value, inputs: vec![input], diagnostics });
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut mint = format::mint(&input.text);
        let root = Source { name: input.name.clone(), text: input.text.clone() };
        let mut inputs = vec![input];
        let mut load = |from: &Source, used: &str| {
            let file = find(folder, Path::new(&from.name), used)?;
            let known = inputs.iter().find(|it| Path::new(&it.name) == file);
            let (name, text) = match known {
                Some(known) => (known.name.clone(), known.text.clone()),
                None => {
                    let input = input::read(&file).map_err(|it| format!("{it:#}"))?;
                    let read = (input.name.clone(), input.text.clone());
                    inputs.push(input);
                    read
                }
            };
            Ok(Source { name, text })
        };
        let linked = crowfoot_dbml::import_files(root, &mut load, &mut mint);
        // Both lists are in the order in which the files were met.
        Ok(Self { diagram: linked.diagram, inputs, diagnostics: linked.diagnostics })
    }

    /// What there is to say, each with its file, in the order of the files.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (&Input, &Diagnostic)> {
        self.diagnostics.iter().map(|(at, it)| (&self.inputs[*at], it))
    }

    pub(crate) fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|(_, it)| it.severity == severity)
    }

    /// The name of the file that was asked for.
    pub(crate) fn name(&self) -> &str {
        &self.inputs[0].name
    }

    /// Tells all there is to say.
    pub(crate) fn tell(&self, reporter: &mut Reporter) {
        for input in &self.inputs {
            if let Some(warning) = &input.warning {
                reporter.warning(&format!("{}: {warning}", input.name));
            }
        }
        for (at, input) in self.inputs.iter().enumerate() {
            let own: Vec<&Diagnostic> =
                self.diagnostics.iter().filter(|it| it.0 == at).map(|it| &it.1).collect();
            reporter.diagnostics(input, own);
        }
    }
}

/// The file that another one names, `.dbml` added if need be; it must lie in the folder.
fn find(folder: &Path, from: &Path, used: &str) -> Result<PathBuf, String> {
    let wanted = Path::new(used);
    if wanted.is_absolute() {
        return Err(format!("`{used}` is no relative path"));
    }
    let mut file = PathBuf::new();
    for part in from.parent().unwrap_or(Path::new("")).join(wanted).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(file.components().next_back(), Some(Component::Normal(_))) =>
            {
                file.pop();
            }
            part => file.push(part),
        }
    }
    let mut with_ending = file.clone().into_os_string();
    with_ending.push(".dbml");
    let candidates = [file, PathBuf::from(with_ending)];
    let Some(file) = candidates.iter().find(|it| it.is_file()) else {
        return Err(format!("there is no file `{}`", candidates[0].display()));
    };
    let real = |it: &Path| {
        let it = if it.as_os_str().is_empty() { Path::new(".") } else { it };
        it.canonicalize().map_err(|error| format!("cannot read `{}`: {error}", it.display()))
    };
    if !real(file)?.starts_with(real(folder)?) {
        return Err(format!("`{used}` lies outside of the folder and is not read"));
    }
    Ok(file.clone())
}
