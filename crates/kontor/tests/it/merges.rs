//! Everything that points at an account or a person moves when two become one, and comes back when they are parted.

use std::collections::{BTreeMap, BTreeSet};

use kontor::duplicates::actions::{self, Wanted};
use kontor::interactions::forms::NewInteraction;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::accounts::operator;
use crate::duplicates::three;
use crate::house::House;
use crate::interactions::visit;
use crate::on_both_databases;
use crate::people::person_at;

/// Every column that names an account, and what becomes of it when accounts are merged. A new one belongs here and into `duplicates::actions`.
const ACCOUNTS: [(&str, &str); 17] = [
    ("account_address.account_id", "moves"),
    ("account_number.account_id", "moves"),
    ("assignment.account_id", "moves, but for what clashes"),
    ("audit_event.account_id", "stays: what happened, happened to that account"),
    ("buying_decision.account_id", "moves"),
    ("cadence_override.account_id", "moves, but for what clashes"),
    ("employment.account_id", "moves"),
    ("group_edge.child_id", "moves, or is withdrawn"),
    ("group_edge.parent_id", "moves, or is withdrawn"),
    ("handover_account.account_id", "moves, but for what clashes"),
    ("interaction.account_id", "moves"),
    ("key_account_decision.account_id", "moves, unless it would end a key account"),
    ("last_contact.account_id", "is counted again"),
    ("nomination.account_id", "moves, unless one waits already"),
    ("rating.account_id", "moves, but for what clashes"),
    ("rating_round_task.account_id", "moves, but for what clashes"),
    ("stakeholder.account_id", "moves, but for who stands on both maps"),
];

async fn rows(house: &House, sql: &str, columns: usize) -> Vec<Vec<Option<String>>> {
    let db = house.office.db.read();
    let rows =
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let text = |row: &sea_orm::QueryResult, place| row.try_get_by_index::<Option<String>>(place).expect("a text");
    rows.iter().map(|row| (0..columns).map(|place| text(row, place)).collect()).collect()
}

async fn write(house: &House, statements: &[String]) {
    for sql in statements {
        house.office.db.read().execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}

/// All columns of all tables.
async fn columns(house: &House) -> BTreeMap<String, Vec<String>> {
    let sql = match house.office.db.read().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY 1, p.cid"
        }
        _ => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, ordinal_position"
        }
    };
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows(house, sql, 2).await {
        let [table, column] = row.try_into().expect("two");
        found.entry(table.expect("a table")).or_default().push(column.expect("a column"));
    }
    found
}

/// The columns that name records of a table: by their name, or by a foreign key.
async fn naming(house: &House, table: &str) -> Vec<String> {
    let sql = match house.office.db.read().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
        }
        _ => {
            "SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text FROM pg_constraint c \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'f'"
        }
    };
    let mut found = BTreeSet::new();
    for row in rows(house, sql, 3).await {
        let [from, column, to] = row.try_into().map(|row: [Option<String>; 3]| row.map(Option::unwrap_or_default)).expect("three");
        if to.trim_matches('"') == table {
            found.insert(format!("{from}.{column}"));
        }
    }
    let ending = format!("{table}_id");
    for (name, columns) in columns(house).await {
        found.extend(columns.iter().filter(|column| column.ends_with(&ending)).map(|column| format!("{name}.{column}")));
    }
    found.into_iter().collect()
}

/// Tables whose rows do not say how it stands: logs, revisions, sessions, and the merges themselves.
const NOT_COMPARED: [&str; 6] = ["audit_event", "audit_touched", "merge_record", "revision", "seaql_migrations", "sqlite_sequence"];

/// All rows of all tables as text, but for the revisions of rows.
pub async fn everything(house: &House) -> BTreeMap<String, Vec<Vec<Option<String>>>> {
    let mut found = BTreeMap::new();
    for (table, columns) in columns(house).await {
        if NOT_COMPARED.contains(&table.as_str()) {
            continue;
        }
        let told: Vec<String> = columns
            .iter()
            .filter(|column| !matches!(column.as_str(), "changed" | "revision"))
            .map(|column| format!("CAST(\"{column}\" AS TEXT)"))
            .collect();
        let order: Vec<String> = (1..=told.len()).map(|place| place.to_string()).collect();
        // A row without a day says that there was no contact, as no row does.
        let only = if table == "last_contact" {
            "WHERE visit IS NOT NULL OR call IS NOT NULL OR video IS NOT NULL OR mail IS NOT NULL OR event IS NOT NULL"
        } else {
            ""
        };
        let sql = format!("SELECT {} FROM \"{table}\" {only} ORDER BY {}", told.join(", "), order.join(", "));
        found.insert(table, rows(house, &sql, told.len()).await);
    }
    found
}

/// Fails with the tables that differ.
pub fn assert_same(before: &BTreeMap<String, Vec<Vec<Option<String>>>>, after: &BTreeMap<String, Vec<Vec<Option<String>>>>) {
    for (table, rows) in before {
        assert_eq!(after.get(table), Some(rows), "the rows of {table}");
    }
    assert_eq!(before.len(), after.len());
}

async fn one(house: &House, sql: &str) -> i64 {
    rows(house, &format!("SELECT CAST(({sql}) AS TEXT)"), 1).await[0][0].as_deref().expect("a number").parse().expect("a number")
}

const AT: &str = "'2026-01-02T03:04:05+00:00'";

/// Puts a row of every kind on both accounts, some that clash and some that do not; gives a person who is on both maps.
async fn furnish(house: &House, kept: i64, gone: i64) -> [i64; 2] {
    house.administrator().await;
    let user = one(house, "SELECT MIN(id) FROM \"user\"").await;
    let (anna, bert) = (person_at(house, kept, "Anna", "Petersen").await, person_at(house, gone, "Bert", "Quast").await);
    let mut sql = vec![
        format!(
            "INSERT INTO employment (person_id, account_id, company, function, department, is_primary, created_at, created_by) VALUES ({anna}, {gone}, '', 'Einkauf', '', false, {AT}, 0)"
        ),
        format!(
            "INSERT INTO handover (from_user_id, to_user_id, on_day, created_at, created_by, created_by_name) VALUES ({user}, {user}, '2026-01-01', {AT}, 0, 'x')"
        ),
        format!(
            "INSERT INTO handover (from_user_id, to_user_id, on_day, created_at, created_by, created_by_name) VALUES ({user}, {user}, '2026-02-01', {AT}, 0, 'x')"
        ),
        format!("INSERT INTO handover_account (handover_id, account_id, note) VALUES (1, {kept}, 'a'), (1, {gone}, 'b'), (2, {gone}, 'c')"),
        format!(
            "INSERT INTO rating_round (name, due_on, opened_at, opened_by, opened_by_name) VALUES ('one', '2026-03-01', {AT}, 0, 'x'), ('two', '2026-04-01', {AT}, 0, 'x')"
        ),
        format!(
            "INSERT INTO rating_round_task (round_id, user_id, account_id) VALUES (1, {user}, {kept}), (1, {user}, {gone}), (2, {user}, {gone})"
        ),
        format!(
            "INSERT INTO nomination (account_id, is_review, statement, nominated_at, nominated_by, nominated_by_name, coverage, model_id) VALUES ({gone}, false, 'why', {AT}, 0, 'x', 0, 1), ({gone}, true, 'again', {AT}, 0, 'x', 0, 1)"
        ),
        format!(
            "INSERT INTO key_account_decision (account_id, nomination_id, decision, reason, decided_on, decided_at, decided_by, decided_by_name, manager_id, reach, next_review, coverage, model_id) VALUES ({gone}, 1, 'declare', 'r', '2026-01-01', {AT}, 0, 'x', {user}, 'national', '2027-01-01', 0, 1)"
        ),
        format!("INSERT INTO buying_decision (account_id, name, created_at, created_by) VALUES ({gone}, 'press', {AT}, 0)"),
        format!(
            "INSERT INTO favourite (user_id, kind, record_id, created_at) VALUES ({user}, 'account', {gone}, {AT}), ({user}, 'account', 999, {AT})"
        ),
        format!(
            "INSERT INTO visit (user_id, kind, record_id, at) VALUES ({user}, 'account', {gone}, {AT}), ({user}, 'account', {kept}, {AT})"
        ),
    ];
    for (account, person) in [(kept, "NULL"), (gone, "NULL"), (gone, &*bert.to_string())] {
        sql.push(format!("INSERT INTO cadence_override (account_id, person_id, wanted_days, longest_days, created_at, created_by) VALUES ({account}, {person}, 30, 60, {AT}, 0)"));
    }
    // 1 Anna at the one, 2 Anna at the other, 3 Bert below Anna there, 4 on the map of a decision.
    for (account, decision, person, above) in
        [(kept, "NULL", anna, "NULL"), (gone, "NULL", anna, "NULL"), (gone, "NULL", bert, "2"), (gone, "1", anna, "NULL")]
    {
        sql.push(format!("INSERT INTO stakeholder (account_id, decision_id, person_id, placeholder, function, support, coverage, above_id, created_at, created_by) VALUES ({account}, {decision}, {person}, '', '', 0, 0, {above}, {AT}, 0)"));
    }
    sql.push(format!("INSERT INTO stakeholder_line (from_id, to_id, kind, created_at, created_by) VALUES (3, 2, 'influence', {AT}, 0)"));
    for (account, persons) in [(kept, vec![anna]), (gone, vec![anna, bert])] {
        let talk = NewInteraction { persons, ..visit(account) };
        kontor::interactions::actions::log(&house.office, &operator(), talk).await.expect("logged");
    }
    let criterion = one(house, "SELECT COALESCE(MIN(id), 0) FROM criterion").await;
    let criterion = if criterion == 0 {
        sql.push("INSERT INTO criterion (key) VALUES ('trust')".to_owned());
        1
    } else {
        criterion
    };
    for account in [kept, gone] {
        sql.push(format!("INSERT INTO rating (account_id, criterion_id, rater_id, rater_name, value, evidence, rated_on, created_at) VALUES ({account}, {criterion}, {user}, 'x', 5, '', '2026-05-01', {AT})"));
        sql.push(format!("INSERT INTO assignment (user_id, account_id, reach, role, from_day, created_at, created_by) VALUES ({user}, {account}, 'account', 'kam', '2026-01-01', {AT}, 0)"));
    }
    sql.push(format!("INSERT INTO assignment (user_id, account_id, reach, role, from_day, created_at, created_by) VALUES ({user}, {gone}, 'account', 'service', '2026-01-01', {AT}, 0)"));
    write(house, &sql).await;
    [anna, bert]
}

fn wanted(kept: i64, gone: i64) -> Wanted {
    Wanted { kept, gone, take: Vec::new() }
}

on_both_databases! {
    async fn every_column_that_names_an_account_is_decided(house: House) {
        let written: Vec<&str> = ACCOUNTS.iter().map(|(column, _)| *column).collect();
        assert_eq!(naming(&house, "account").await, written);
    }
}

on_both_databases! {
    async fn all_that_hangs_on_an_account_moves_and_comes_back(house: House) {
        let [kept, gone, _] = three(&house).await;
        let [_, bert] = furnish(&house, kept, gone).await;
        let before = everything(&house).await;
        let id = actions::merge(&house.office, &operator(), &wanted(kept, gone)).await.expect("merged");
        let left = async |table: &str, column: &str| one(&house, &format!("SELECT COUNT(*) FROM {table} WHERE {column} = {gone}")).await;
        for (table, stay) in [
            ("account_number", 0), ("assignment", 1), ("buying_decision", 0), ("cadence_override", 1), ("employment", 0), ("handover_account", 1),
            ("interaction", 0), ("key_account_decision", 0), ("nomination", 0), ("rating", 1), ("rating_round_task", 1), ("stakeholder", 1),
        ] {
            assert_eq!(left(table, "account_id").await, stay, "{table}");
        }
        assert_eq!(left("last_contact", "visit IS NOT NULL AND account_id").await, 0);
        assert_eq!((left("favourite", "record_id").await, left("visit", "record_id").await), (0, 1));
        assert_eq!(one(&house, "SELECT to_id FROM stakeholder_line").await, 1, "the line leads to Anna as she stands on the map that is kept");
        assert_eq!(one(&house, "SELECT above_id FROM stakeholder WHERE id = 3").await, 1);
        assert_eq!(one(&house, &format!("SELECT COUNT(*) FROM last_contact WHERE account_id = {kept} AND person_id = {bert}")).await, 1);
        let standing = kontor::key_accounts::actions::standing(&house.office, &operator(), kept).await.expect("the account");
        assert!(standing.is_key_account() && standing.open().is_some());
        actions::undo(&house.office, &operator(), id).await.expect("undone");
        assert_same(&before, &everything(&house).await);
    }
}

on_both_databases! {
    async fn a_revocation_of_the_account_that_is_given_up_ends_no_key_account(house: House) {
        let [kept, gone, _] = three(&house).await;
        house.administrator().await;
        let decide = |account: i64, decision: &str| format!("INSERT INTO key_account_decision (account_id, decision, reason, decided_on, decided_at, decided_by, decided_by_name, coverage, model_id) VALUES ({account}, '{decision}', 'r', '2026-01-01', {AT}, 0, 'x', 0, 1)");
        write(&house, &[decide(kept, "declare"), decide(gone, "declare"), decide(gone, "revoke")]).await;
        actions::merge(&house.office, &operator(), &wanted(kept, gone)).await.expect("merged");
        let standing = kontor::key_accounts::actions::standing(&house.office, &operator(), kept).await.expect("the account");
        assert!(standing.is_key_account() && standing.decisions.len() == 1);
    }
}
