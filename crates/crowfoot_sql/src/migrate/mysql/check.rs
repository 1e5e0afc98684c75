//! Checks. Those without a name are called in one way by MySQL and in another by MariaDB; what is
//! for one of them alone stands in a comment that only that one reads.

use crowfoot_schema::{CheckId, EntityId};

use super::{super::shape::CheckShape, Pair, Planner, Side};

/// The start of a comment that MySQL runs and MariaDB does not.
const MYSQL: &str = "/*!80016 ";
/// And the other way round.
const MARIADB: &str = "/*M! ";

impl Planner {
    /// Which checks do not stay as they are.
    pub(super) fn mark_checks(&mut self, pair: &Pair) {
        for was in &pair.mid.shape.checks {
            let old = pair.was.shape.checks.iter().find(|it| it.id == was.id);
            let stays = pair.is.shape.checks.iter().any(|it| {
                it.id == was.id
                    && it.definition == was.definition
                    && it.column == was.column
                    && old.is_some_and(|old| old.name == it.name)
            });
            if !stays || self.is_disturbed(pair, &was.expr) {
                self.broken_checks.insert(was.id);
            }
        }
    }

    /// Plans what happens to checks, other than to those that MariaDB keeps with their columns.
    pub(super) fn checks(&mut self, pair: &Pair) {
        let (old, new) = (&pair.was.shape, &pair.is.shape);
        for was in old.checks.iter().filter(|it| self.broken_checks.contains(&it.id)) {
            if let Some(name) = &was.name {
                let name = self.name(name);
                let statement = format!("ALTER TABLE {} DROP CONSTRAINT {name}", old.written);
                self.steps.drop_checks.push(statement);
            }
        }
        for is in &new.checks {
            let is_new = old.checks.iter().all(|it| it.id != is.id);
            if let Some(name) =
                is.name.as_ref().filter(|_| is_new || self.broken_checks.contains(&is.id))
            {
                let (table, name) = (&new.written, self.name(name));
                let statement =
                    format!("ALTER TABLE {table} ADD CONSTRAINT {name} {}", is.definition);
                self.steps.add_checks.push(statement);
            }
            if is_new {
                let message = format!(
                    "check `{}` of table `{}` is new: the script fails if a row does not pass",
                    is.expr, new.label
                );
                self.notices.may_fail(EntityId::Check(is.id), message);
            }
        }

        let in_mariadb = |side: &Side| unnamed(side, |it| it.column.is_none());
        let in_mysql = |side: &Side| {
            let at_columns = side
                .shape
                .columns
                .iter()
                .flat_map(|column| unnamed(side, move |it| it.column == Some(column.id)));
            at_columns.chain(unnamed(side, |it| it.column.is_none())).collect::<Vec<_>>()
        };
        let (old_maria, new_maria) = (in_mariadb(&pair.was), in_mariadb(&pair.is));
        let (old_mysql, new_mysql) = (in_mysql(&pair.was), in_mysql(&pair.is));
        let first = |old: &[CheckShape], new: &[CheckShape]| {
            let stays = |it: &CheckId| !self.broken_checks.contains(it);
            old.iter().zip(new).take_while(|(a, b)| a.id == b.id && stays(&a.id)).count()
        };
        let (maria, mysql) = (first(&old_maria, &new_maria), first(&old_mysql, &new_mysql));
        for n in maria..old_maria.len() {
            let table = &old.written;
            self.steps.drop_checks.push(format!(
                "{MARIADB}ALTER TABLE {table} DROP CONSTRAINT CONSTRAINT_{} */",
                n + 1
            ));
        }
        for n in mysql..old_mysql.len() {
            let name = self.name(&format!("{}_chk_{}", old.name, n + 1));
            let table = &old.written;
            self.steps.drop_checks.push(format!("{MYSQL}ALTER TABLE {table} DROP CHECK {name} */"));
        }
        if maria < old_maria.len() || mysql < old_mysql.len() {
            let message = format!(
                "table `{}` has checks without a name: the script counts on the names that \
                 MySQL (`{}_chk_1` and so on) and MariaDB (`CONSTRAINT_1` and so on) give them",
                old.label, old.name
            );
            self.notices.tell("sql/assumed-name", old.entity(), message);
        }
        let rest = |list: &[CheckShape], from: usize| {
            list[from.min(list.len())..].iter().map(|it| it.definition.clone()).collect::<Vec<_>>()
        };
        // A new column brings its check along in MySQL too.
        let brought: Vec<&CheckShape> = new_mysql
            .iter()
            .filter(|it| {
                it.column.is_some_and(|id| {
                    pair.was.shape.column(id).is_none() || self.remade.contains(&id)
                })
            })
            .collect();
        let mut for_mysql = rest(&new_mysql, mysql);
        for_mysql.retain(|it| !brought.iter().any(|check| check.definition == *it));
        let for_maria = rest(&new_maria, maria);
        if for_maria == for_mysql {
            for definition in for_maria {
                self.steps.add_checks.push(format!("ALTER TABLE {} ADD {definition}", new.written));
            }
            return;
        }
        for (start, list) in [(MARIADB, for_maria), (MYSQL, for_mysql)] {
            for definition in list {
                let table = &new.written;
                self.steps
                    .add_checks
                    .push(format!("{start}ALTER TABLE {table} ADD {definition} */"));
            }
        }
    }
}

/// The checks of a table that have no name and are where they are looked for.
fn unnamed(side: &Side, is_there: impl Fn(&CheckShape) -> bool) -> Vec<CheckShape> {
    let checks = side.shape.checks.iter();
    checks.filter(|it| it.name.is_none() && is_there(it)).cloned().collect()
}
