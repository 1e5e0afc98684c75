//! What lines look like beside their shape: colours for both themes, and what tells lines apart
//! for those who do not see the colours.

use crowfoot_schema::{Color, Diagram, GroupId, LineColors, Ref, ReferentialAction};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    Theme,
    color::{number, seen_on},
};

/// A colour in the light and in the dark theme, each as `0xrrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tint {
    pub light: u32,
    pub dark: u32,
}

impl Tint {
    /// The same colour in both themes, as a person chose it.
    fn chosen(color: &Color) -> Self {
        let number = number(color.as_str());
        Self { light: number, dark: number }
    }

    /// A colour made darker or lighter until a line of it can be seen on the ground.
    fn seen(color: &str) -> Self {
        let on = |theme: Theme| number(&seen_on(color, theme.palette().ground));
        Self { light: on(Theme::Light), dark: on(Theme::Dark) }
    }

    /// The colour of a theme as CSS has it.
    pub fn css(self, theme: Theme) -> String {
        let number = match theme {
            Theme::Light => self.light,
            Theme::Dark => self.dark,
        };
        format!("#{number:06x}")
    }
}

/// How the strokes of a line follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pattern {
    #[default]
    Solid,
    /// For refs that are documentation only.
    Dotted,
    LongDashes,
    Dashes,
    DashDot,
}

impl Pattern {
    /// All of them, each at the place of its number.
    pub const ALL: [Self; 5] =
        [Self::Solid, Self::Dotted, Self::LongDashes, Self::Dashes, Self::DashDot];

    /// The lengths of strokes and gaps in turn; none for a solid line.
    pub const fn dashes(self) -> &'static [f32] {
        match self {
            Self::Solid => &[],
            Self::Dotted => &[1.5, 3.6],
            Self::LongDashes => &[15.0, 3.0],
            Self::Dashes => &[6.0, 4.0],
            Self::DashDot => &[9.0, 3.0, 2.0, 3.0],
        }
    }
}

/// What a line is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ink {
    /// None for the theme's own colour of lines.
    pub tint: Option<Tint>,
    pub pattern: Pattern,
    /// Stands out.
    pub is_bold: bool,
}

/// What the look of a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    Nothing,
    Action(ReferentialAction),
    /// The referenced table is in that group.
    Group(GroupId),
}

/// What the colours of lines mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    pub title: &'static str,
    pub keys: Vec<Key>,
}

/// One look of lines and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub words: SmolStr,
    pub ink: Ink,
}

/// From what stands out to what does not, as the legend lists them.
const ACTIONS: [ReferentialAction; 5] = [
    ReferentialAction::Cascade,
    ReferentialAction::SetNull,
    ReferentialAction::SetDefault,
    ReferentialAction::Restrict,
    ReferentialAction::NoAction,
];

/// Colours for groups that have none of their own, by turns.
const SERIES: [&str; 8] =
    ["#2f6fde", "#d9480f", "#0b8a6f", "#9c36b5", "#b7791f", "#1098ad", "#c2255c", "#6b7d1e"];

/// How the lines of a diagram are inked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Inks {
    by: LineColors,
    /// What groups are called and the colours that they have; only where lines show them.
    groups: FxHashMap<GroupId, GroupInk>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct GroupInk {
    place: usize,
    name: SmolStr,
    color: Option<Color>,
    tint: Tint,
}

impl Inks {
    pub(crate) fn of(diagram: &Diagram) -> Self {
        let by = diagram.settings().line_colors;
        if by != LineColors::Group {
            return Self { by, ..Self::default() };
        }
        let ink = |(place, group): (usize, &crowfoot_schema::Group)| {
            let color =
                group.color.clone().or_else(|| Color::parse(SERIES[place % SERIES.len()]).ok());
            let tint = Tint::seen(color.as_ref().map_or(SERIES[0], Color::as_str));
            (group.id, GroupInk { place, name: group.name.clone(), color, tint })
        };
        Self { by, groups: diagram.groups().enumerate().map(ink).collect() }
    }

    /// The colour that a group without one has where lines show groups.
    pub(crate) fn group_color(&self, id: GroupId) -> Option<Color> {
        self.groups.get(&id)?.color.clone()
    }

    /// What the line of a ref means, and its ink.
    pub(crate) fn of_ref(&self, diagram: &Diagram, reference: &Ref) -> (Meaning, Ink) {
        let meaning = self.meaning(diagram, reference);
        let mut ink = match meaning {
            Meaning::Nothing if self.by == LineColors::Ref => {
                Ink { tint: reference.color.as_ref().map(Tint::chosen), ..Ink::default() }
            }
            other => self.ink(other),
        };
        if reference.inactive {
            ink.pattern = Pattern::Dotted;
        }
        (meaning, ink)
    }

    fn meaning(&self, diagram: &Diagram, reference: &Ref) -> Meaning {
        let key = reference.foreign_key();
        match self.by {
            LineColors::Ref => Meaning::Nothing,
            LineColors::Action => key.map_or(Meaning::Nothing, |_| {
                Meaning::Action(reference.on_delete.unwrap_or(ReferentialAction::NoAction))
            }),
            LineColors::Group => {
                let referenced = key.map_or(reference.to, |(_, to, _)| to);
                let group = diagram.table(referenced).and_then(|it| it.group);
                group.map_or(Meaning::Nothing, Meaning::Group)
            }
        }
    }

    fn ink(&self, meaning: Meaning) -> Ink {
        match meaning {
            Meaning::Nothing => Ink::default(),
            Meaning::Action(action) => action_ink(action),
            Meaning::Group(id) => {
                Ink { tint: self.groups.get(&id).map(|it| it.tint), ..Ink::default() }
            }
        }
    }

    /// What those meanings look like; none where the colours of lines are their own.
    pub(crate) fn legend(&self, meanings: impl Iterator<Item = Meaning>) -> Option<Legend> {
        let mut has_other = false;
        let mut actions = Vec::new();
        let mut groups = Vec::new();
        for meaning in meanings {
            match meaning {
                Meaning::Nothing => has_other = true,
                Meaning::Action(it) if !actions.contains(&it) => actions.push(it),
                Meaning::Group(it) if !groups.contains(&it) => groups.push(it),
                Meaning::Action(_) | Meaning::Group(_) => {}
            }
        }
        match self.by {
            LineColors::Ref => None,
            LineColors::Action => {
                let there = ACTIONS.into_iter().filter(|it| actions.contains(it));
                let key = |it| Key { words: action_words(it).into(), ink: action_ink(it) };
                Some(Legend { title: "On delete", keys: there.map(key).collect() })
            }
            LineColors::Group => {
                groups.sort_by_key(|it| self.groups.get(it).map(|it| it.place));
                let key = |id: GroupId| {
                    let words = self.groups.get(&id)?.name.clone();
                    Some(Key { words, ink: self.ink(Meaning::Group(id)) })
                };
                let mut keys: Vec<Key> = groups.into_iter().filter_map(key).collect();
                if has_other {
                    let words = if keys.is_empty() { "No table is in a group" } else { "No group" };
                    keys.push(Key { words: words.into(), ink: Ink::default() });
                }
                Some(Legend { title: "Lines to the group", keys })
            }
        }
    }
}

/// The ink of an action. Each differs from the others without its colour too.
const fn action_ink(action: ReferentialAction) -> Ink {
    let (light, dark, pattern, is_bold) = match action {
        ReferentialAction::Cascade => (0xd9480f, 0xff8a4c, Pattern::Solid, true),
        ReferentialAction::SetNull => (0x1c6fd1, 0x5aa9ff, Pattern::Dashes, false),
        ReferentialAction::SetDefault => (0x8a3fc9, 0xc49bff, Pattern::DashDot, false),
        ReferentialAction::Restrict => (0x0b7a75, 0x3fc9bd, Pattern::LongDashes, false),
        ReferentialAction::NoAction => {
            return Ink { tint: None, pattern: Pattern::Solid, is_bold: false };
        }
    };
    Ink { tint: Some(Tint { light, dark }), pattern, is_bold }
}

const fn action_words(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::Cascade => "Cascade",
        ReferentialAction::SetNull => "Set null",
        ReferentialAction::SetDefault => "Set default",
        ReferentialAction::Restrict => "Restrict",
        ReferentialAction::NoAction => "No action",
    }
}

#[cfg(test)]
mod tests {
    use crate::{Theme, color::contrast};

    use super::{ACTIONS, SERIES, Tint, action_ink};

    /// What WCAG 2.2 asks of graphics.
    const ENOUGH: f32 = 3.0;

    #[test]
    fn every_line_can_be_seen_on_its_ground() {
        let tints: Vec<Tint> = ACTIONS.iter().filter_map(|&it| action_ink(it).tint).collect();
        let hard = ["#ffffff", "#000000", "#ffff00", "#0000ff", "#808080"];
        let tints = tints.into_iter().chain(SERIES.into_iter().chain(hard).map(Tint::seen));
        for theme in [Theme::Light, Theme::Dark] {
            let palette = theme.palette();
            let plain = palette.line.to_owned();
            for line in tints.clone().map(|it| it.css(theme)).chain([plain]) {
                let found = contrast(&line, palette.ground);
                assert!(found >= ENOUGH, "{line} on {theme:?}: {found}");
            }
        }
    }

    #[test]
    fn actions_differ_without_colours() {
        let mut looks: Vec<_> =
            ACTIONS.iter().map(|&it| (action_ink(it).pattern, action_ink(it).is_bold)).collect();
        looks.dedup();
        for (at, look) in looks.iter().enumerate() {
            assert!(!looks[..at].contains(look), "{look:?} stands twice");
        }
        assert_eq!(looks.len(), ACTIONS.len());
    }
}
