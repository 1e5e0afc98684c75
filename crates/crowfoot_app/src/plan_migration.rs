use crowfoot_schema::{ChangeSet, Dialect, Notice, Printed};
use crowfoot_sql::{Migration, migration};
use serde::Serialize;

use crate::{App, AppError, DiagramId, Revision, open::blocking};

/// A change-set to be seen as SQL.
#[derive(Clone, Debug)]
pub struct PlanMigration {
    /// The revision that the change-set was made on.
    pub base: Revision,
    pub change_set: ChangeSet,
    /// The database to write for.
    pub dialect: Dialect,
}

/// The script of a change-set and the one that undoes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedMigration {
    pub up: MigrationScript,
    /// Leads back. It does not bring back data.
    pub down: MigrationScript,
    /// The revision of the diagram that the change-set was planned on.
    pub revision: Revision,
}

/// SQL that leads a database from one state to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MigrationScript {
    pub text: String,
    /// What it loses, what may fail on the rows that are there, what the dialect cannot do.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub notices: Vec<Notice>,
}

impl From<Printed> for MigrationScript {
    fn from(Printed { text, notices }: Printed) -> Self {
        Self { text, notices }
    }
}

impl App {
    /// The ALTER statements that a change-set stands for. Nothing is committed.
    ///
    /// A change-set made on an older revision is rebased, as it would be for a commit.
    ///
    /// # Errors
    /// As for a commit: when somebody else changed the same things since, and when the changes
    /// cannot be made.
    pub async fn plan_migration(
        &self,
        id: DiagramId,
        wish: PlanMigration,
    ) -> Result<PlannedMigration, AppError> {
        self.limits().check_change_set(&wish.change_set)?;
        let record = self.find_diagram(id).await?;
        let (before, revision) = self.current(id, record.revision).await?;
        let changes = self.rebased(id, (&before, revision), wish.base, &wish.change_set).await?;
        let dialect = wish.dialect;
        blocking(move || {
            let mut after = before.clone();
            after.apply(&changes)?;
            let Migration { up, down } = migration(dialect, &before, &after);
            Ok(PlannedMigration { up: up.into(), down: down.into(), revision })
        })
        .await?
    }
}
