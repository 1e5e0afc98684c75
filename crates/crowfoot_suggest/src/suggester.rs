use crowfoot_schema::{Diagram, Table, TableId};
use rustc_hash::FxHashMap;

use crate::{
    ExistingKey, Suggestion,
    candidate::Asking,
    catalog::Catalog,
    engine::{Answer, Hope, Question, questions},
    facts::TableFacts,
    model::Model,
    name::ColumnReader,
    reason,
    rules::with_rules,
    suggestion::{DEFAULT_CONFIDENCE, cardinality},
    survey::Survey,
    weights::Weights,
};

/// Finds the foreign keys that a diagram means without declaring them.
///
/// It reads the diagram once, when it is made, and answers for that state: make a new one when the
/// diagram has changed. What the diagram has dismissed is not suggested, and nothing else in its
/// place: of columns that a person has judged, a second guess is worse than none. Same diagram, same suggestions in the same order.
#[derive(Clone, Debug)]
pub struct Suggester {
    diagram: Diagram,
    catalog: Catalog,
    survey: Survey,
    min_confidence: f64,
    weights: &'static Weights,
    /// What is not to be suggested, by the table that would hold the key.
    dismissed: FxHashMap<TableId, Vec<ExistingKey>>,
}

impl Suggester {
    /// Reads a diagram.
    pub fn new(diagram: &Diagram) -> Self {
        let catalog = Catalog::new(diagram);
        let survey = Survey::new(&catalog, diagram);
        let mut dismissed: FxHashMap<TableId, Vec<ExistingKey>> = FxHashMap::default();
        for it in diagram.dismissals() {
            dismissed.entry(it.from).or_default().push(it.into());
        }
        Self {
            diagram: diagram.clone(),
            catalog,
            survey,
            min_confidence: DEFAULT_CONFIDENCE,
            weights: Weights::shipped(),
            dismissed,
        }
    }

    /// The same with suggestions of that confidence and above.
    #[must_use]
    pub fn with_min_confidence(mut self, min_confidence: f64) -> Self {
        self.min_confidence = min_confidence;
        self
    }

    /// The same with other weights than the shipped ones.
    #[must_use]
    pub fn with_weights(mut self, weights: &'static Weights) -> Self {
        self.weights = weights;
        self
    }

    /// What the table means without declaring it, in the order of its columns.
    pub fn for_table(&self, table: TableId) -> Vec<Suggestion> {
        let (Some(table), Some(place)) = (self.diagram.table(table), self.catalog.place(table))
        else {
            return Vec::new();
        };
        let own = &self.catalog.tables[place as usize];
        let is_taken = |column: usize| self.survey.is_taken(place, column);
        let is_declared =
            |it: &Suggestion| self.declared(table.id).iter().any(|other| it.is_of(other));
        let mut found = self.suggest(table, own, place, &is_taken, &is_declared);
        if let Some(dismissed) = self.dismissed.get(&table.id) {
            found.retain(|it| !dismissed.iter().any(|other| it.is_of(other)));
        }
        found
    }

    /// The same for a table as somebody is editing it, which need not be in the diagram (yet):
    /// `existing` are the foreign keys that it has or is about to have. Those that were dismissed are
    /// among the answers; see [`Suggestion::is_of`].
    pub fn for_table_value(&self, table: &Table, existing: &[ExistingKey]) -> Vec<Suggestion> {
        let mut words = |name: &str| self.catalog.vocabulary.read(name);
        let mut own = TableFacts::new(table, &mut ColumnReader::default(), &mut words);
        for column in &own.columns {
            column.stem_with(&self.catalog.marks);
        }
        self.catalog.place_table(&mut own, self.catalog.tables.len());
        self.catalog.compare_keys(&mut own);
        let new_place = u32::try_from(self.catalog.tables.len()).unwrap_or(u32::MAX);
        let place = self.catalog.place(table.id).unwrap_or(new_place);
        let is_taken = |column: usize| {
            existing.iter().any(|it| it.from_columns.contains(&own.columns[column].id))
        };
        let is_known = |it: &Suggestion| existing.iter().any(|other| it.is_of(other));
        self.suggest(table, &own, place, &is_taken, &is_known)
    }

    /// What all tables mean without declaring it.
    pub fn all(&self) -> Vec<Suggestion> {
        let tables: Vec<TableId> = self.diagram.tables().map(|it| it.id).collect();
        let of_each = |tables: &[TableId]| -> Vec<Suggestion> {
            tables.iter().flat_map(|it| self.for_table(*it)).collect()
        };
        let n_threads = n_threads(tables.len());
        if n_threads < 2 {
            return of_each(&tables);
        }
        let shares = tables.chunks(tables.len().div_ceil(n_threads));
        std::thread::scope(|scope| {
            let workers: Vec<_> = shares.map(|it| scope.spawn(move || of_each(it))).collect();
            let found = workers.into_iter().map(|it| it.join());
            // What stops a thread would have stopped us, too.
            found.flat_map(|it| it.unwrap_or_else(|why| std::panic::resume_unwind(why))).collect()
        })
    }

    fn declared(&self, table: TableId) -> Vec<ExistingKey> {
        let mut existing = Vec::new();
        for reference in self.diagram.refs_of(table) {
            let Some((from, to, pairs)) = reference.foreign_key() else { continue };
            if from == table {
                let (from_columns, to_columns) = pairs.into_iter().unzip();
                existing.push(ExistingKey { from_columns, to_table: to, to_columns });
            }
        }
        existing
    }

    fn suggest(
        &self,
        table: &Table,
        own: &TableFacts,
        own_place: u32,
        is_taken: &dyn Fn(usize) -> bool,
        is_known: &dyn Fn(&Suggestion) -> bool,
    ) -> Vec<Suggestion> {
        let asking = Asking { catalog: &self.catalog, own, own_place };
        let mut found: Vec<(&Question, Suggestion)> = Vec::new();
        let has_habits = self.survey.has_habits();
        let hope = Hope::new(self.weights, has_habits, self.min_confidence);
        let mut questions = questions(asking, &self.survey, is_taken, &hope);
        // Longer keys come first: they may say what their columns mean.
        questions.sort_by_key(|it| std::cmp::Reverse(it.from.len()));
        for question in &questions {
            let Some((answer, confidence)) = self.decide(question) else { continue };
            let suggestion = self.suggestion(table, asking, question, answer, confidence);
            if !is_known(&suggestion) && !found.iter().any(|it| holds(&it.1, &suggestion)) {
                found.push((question, suggestion));
            }
        }
        found.sort_by_key(|it| it.0.from.iter().min().copied());
        found.into_iter().map(|it| it.1).collect()
    }

    /// The likeliest answer, if it is likely enough.
    fn decide<'q>(&self, question: &'q Question) -> Option<(&'q Answer, f64)> {
        let is_composite = question.from.len() > 1;
        let has_habits = self.survey.has_habits();
        let model = self.weights.model(has_habits, is_composite);
        let scores: Vec<f32> =
            question.answers.iter().map(|it| model.score(&it.features)).collect();
        let shares = Model::shares(&scores);
        let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]))?;
        let answer = &question.answers[best];
        let confidence = model.confidence(shares[best]);
        let confidence = with_rules(confidence, has_habits, &answer.features);
        (confidence >= self.min_confidence).then_some((answer, confidence))
    }

    fn suggestion(
        &self,
        table: &Table,
        asking: Asking<'_>,
        question: &Question,
        answer: &Answer,
        confidence: f64,
    ) -> Suggestion {
        let (own, target) = (asking.own, asking.table(answer.table));
        let from_columns: Vec<_> = question.from.iter().map(|it| own.columns[*it].id).collect();
        let cardinality = cardinality(table, &from_columns);
        let is_optional = from_columns.iter().any(|it| table.is_nullable(*it));
        let reason = match answer.found {
            Some(found) => {
                let (column, key) = (question.from[0], answer.to(target)[0]);
                let (column, key) = (&own.columns[column], &target.columns[key]);
                reason::of_one(column, target, key, &found, &answer.features)
            }
            None => {
                let names: Vec<&str> =
                    question.from.iter().map(|it| own.columns[*it].name.as_str()).collect();
                reason::of_several(&names, target)
            }
        };
        Suggestion {
            from_table: table.id,
            from_columns,
            to_table: target.id,
            to_columns: answer.to(target).iter().map(|it| target.columns[*it].id).collect(),
            cardinality,
            is_optional,
            confidence,
            reason,
        }
    }
}

/// So many tables are enough work for a thread.
const SHARE: usize = 1_000;

/// On how many threads so many tables are looked at; a browser has one.
fn n_threads(n_tables: usize) -> usize {
    if cfg!(target_family = "wasm") {
        return 1;
    }
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    n_cores.min(n_tables / SHARE).min(4)
}

/// Whether the first says all that the second does: the row to which several columns lead leads on from
/// fewer of them.
fn holds(one: &Suggestion, other: &Suggestion) -> bool {
    other.from_columns.len() < one.from_columns.len()
        && one.confidence >= DEFAULT_CONFIDENCE
        && other.from_columns.iter().all(|it| one.from_columns.contains(it))
}
