//! Rules that always hold unless something speaks against them: `user_id` means `users`, `parent_id` the
//! same table, `ward_code` the key of that name of `wards`.

use crate::{
    feature::{Feature, Features, PRIMARY, UNIQUE},
    suggestion::DEFAULT_CONFIDENCE,
};

/// Notes among the features of a candidate how much a rule says for it; all others are known.
pub(crate) fn mark(features: &mut Features) {
    let known = Known(features);
    features[Feature::Ruled as usize] = if known.of(Feature::Rivals) > 0.0 {
        0.0
    } else if known.of(Feature::KeySize) > 1.0 {
        if known.is_primary() && known.is_whole_key() { USUALLY } else { 0.0 }
    } else if known.is_doubtful() {
        0.0
    } else if known.is_primary() && known.is_named_id() {
        ALWAYS
    } else if known.is_natural() || known.is_primary() && known.is_told() {
        USUALLY
    } else {
        0.0
    };
}

/// The value of [`Feature::Ruled`] for what even habits hardly speak against, ...
const ALWAYS: f32 = 2.0;
/// ... and for what is shown where there are no habits.
const USUALLY: f32 = 1.0;

/// Of a column that a longer key may hold, which leads to the same target, one cannot be surer.
const COVERED: f64 = 0.85;
/// Where the weights give less, they speak clearly against a candidate.
const CLEARLY: f64 = 0.3;

/// The confidence in a candidate of those features, where the weights give that one.
///
/// What follows from a rule is shown. In a schema with habits only the plainest rules say more than
/// these, and not where several columns of that name are open, nor where the weights speak clearly
/// against it.
pub fn with_rules(confidence: f64, has_habits: bool, features: &Features) -> f64 {
    let known = Known(features);
    let confidence =
        if known.of(Feature::Covered) > 0.0 { confidence.min(COVERED) } else { confidence };
    let is_shown = if has_habits {
        known.of(Feature::Ruled) >= ALWAYS
            && known.of(Feature::OpenName) <= 1.0
            && confidence >= CLEARLY
    } else {
        known.of(Feature::Ruled) > 0.0
    };
    if is_shown { confidence.max(DEFAULT_CONFIDENCE) } else { confidence }
}

/// The features of a candidate.
struct Known<'a>(&'a Features);

impl Known<'_> {
    fn of(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }

    /// The target's key is its primary one, or declared keys on columns of that name lead to it.
    fn is_primary(&self) -> bool {
        self.of(Feature::Standing) == PRIMARY
    }

    /// The column's stem is the whole name of the target.
    fn is_named(&self) -> bool {
        self.of(Feature::NameCover) >= 1.0 && self.of(Feature::TableCover) >= 1.0
    }

    /// `user_id` for `users`, `parent_id` for the own table.
    fn is_named_id(&self) -> bool {
        let is_tree = self.of(Feature::Tree) > 0.0 && self.of(Feature::StemWords) <= 1.0;
        self.is_id() && (self.is_named() || is_tree)
    }

    /// The names of column and table tell it in another way.
    fn is_told(&self) -> bool {
        self.is_own_id() || self.is_compound_id() || self.is_named_key() || self.is_actor()
    }

    /// `parent_board_id` for the own table.
    fn is_own_id(&self) -> bool {
        self.is_id()
            && self.of(Feature::Tree) > 0.0
            && self.of(Feature::NameCover) > 0.0
            && self.of(Feature::TableCover) >= 1.0
    }

    /// `rechnungsadresse_id` for `adresse`, where words are written together.
    fn is_compound_id(&self) -> bool {
        self.is_id()
            && self.of(Feature::LetterTable) >= 1.0
            && self.of(Feature::LetterCover) > 0.4
            && self.of(Feature::TypeFit) > 1.0
    }

    fn is_id(&self) -> bool {
        self.of(Feature::Ending) == 1.0
    }

    /// `ward_code` for the key of that name of `wards`.
    fn is_named_key(&self) -> bool {
        self.is_named() && self.of(Feature::KeyCover) >= 1.0
    }

    /// `created_by` of just the type of the key of `users`.
    fn is_actor(&self) -> bool {
        self.of(Feature::Actor) > 2.0 && self.of(Feature::TypeFit) > 1.0
    }

    /// `patient_id` beside a number that counts up: the only unique one of that name.
    fn is_natural(&self) -> bool {
        self.is_id()
            && self.of(Feature::Standing) == UNIQUE
            && self.of(Feature::KeyCover) >= 1.0
            && self.of(Feature::KeyTables) == 0.0
            && self.of(Feature::TargetShares) == 0.0
    }

    /// Something speaks against a key of one column.
    fn is_doubtful(&self) -> bool {
        // Most columns of that name are left open where others are declared.
        let is_left_open = self.of(Feature::OpenName) > 0.0 && self.of(Feature::RateName) < 0.5;
        is_left_open
            || self.of(Feature::Polymorphic) > 0.0
            || self.of(Feature::Outside) > 0.0
            || self.of(Feature::OwnCopy) > 0.0
            || self.of(Feature::Covered) > 1.0
            || self.of(Feature::Primary) > 1.0
    }

    /// Columns that are all of another table's key mean it if they or the tables say so.
    fn is_whole_key(&self) -> bool {
        let is_whole = self.of(Feature::KeyCover) >= 1.0
            && self.of(Feature::Covered) == 0.0
            && self.of(Feature::Held) == 0.0;
        // A key that is made of others' keys alone may be anybody's, but for rows that are known by it
        // and something more, in a table that is named after the other.
        let is_child = self.of(Feature::PartOf) == 2.0
            && self.of(Feature::Primary) >= 1.0
            && self.of(Feature::OwnPrimary) < 1.0;
        let is_of_its_own = self.of(Feature::Borrowed) < 1.0 || is_child;
        // Where many keys are declared and hardly any of several columns, none is meant.
        let is_unusual = (0.0..0.02).contains(&self.of(Feature::HabitSeveral));
        if !is_whole || !is_of_its_own || is_unusual {
            return false;
        }
        match self.of(Feature::PartOf) {
            2.0 => true,
            1.0 if self.of(Feature::OwnPrimary) >= 1.0 => true,
            _ if self.of(Feature::OwnPrimary) >= 1.0 => false,
            _ if self.of(Feature::Generic) == 0.0 && self.of(Feature::Primary) == 0.0 => true,
            _ => self.of(Feature::TableCover) >= 1.0 && self.of(Feature::Generic) < 0.6,
        }
    }
}
