//! Everything that points at an account or a person moves when two become one, and comes back when they are parted.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use kontor::duplicates::actions::{self, Wanted};
use kontor::duplicates::humans;
use kontor::fault::Fault;
use kontor::interactions::forms::NewInteraction;
use kontor_domain::duplicates::{REPORTED_FROM, Reason};
use kontor_domain::rights::{Scope, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::Role;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::accounts::operator;
use crate::api::{call, token};
use crate::duplicates::three;
use crate::house::House;
use crate::interactions::visit;
use crate::on_both_databases;
use crate::people::{accounts_named, person_at};
use serde_json::json;

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

/// Every column that names a person, and what becomes of it when people are merged. A new one belongs here and into `duplicates::humans`.
const PEOPLE: [(&str, &str); 11] = [
    ("cadence_override.person_id", "moves, but for what clashes"),
    ("channel.person_id", "moves, but for what is there already"),
    ("employment.person_id", "moves, but for what says nothing new"),
    ("employment.reports_to", "moves, or is left open where it leads round in a circle"),
    ("interaction_person.person_id", "moves; who took part twice is named once"),
    ("last_contact.person_id", "is counted again"),
    ("person.merged_into", "says who it is now"),
    ("private_note.person_id", "moves"),
    ("provenance.person_id", "goes with what it is about"),
    ("relationship.person_id", "moves, but for what clashes"),
    ("stakeholder.person_id", "moves, but for who stands on a map twice"),
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

/// Two people at one account who are the same.
pub async fn twins(house: &House) -> [i64; 2] {
    let [account] = accounts_named(house, &["Elbe Maschinenbau"]).await.try_into().expect("one");
    [person_at(house, account, "Jörg", "Petersen").await, person_at(house, account, "Joerg", "Petersen").await]
}

fn same(kept: i64, gone: i64, take: &[&str]) -> humans::Wanted {
    humans::Wanted { kept, gone, take: take.iter().map(|field| (*field).to_owned()).collect() }
}

on_both_databases! {
    async fn every_column_that_names_a_person_is_decided(house: House) {
        let written: Vec<&str> = PEOPLE.iter().map(|(column, _)| *column).collect();
        assert_eq!(naming(&house, "person").await, written);
    }
}

/// People with everything that can hang on them, some of it clashing.
async fn furnish_people(house: &House, account: i64, people: &[i64]) {
    let user = one(house, "SELECT MIN(id) FROM \"user\"").await;
    let mut sql =
        vec![format!("INSERT INTO buying_decision (account_id, name, created_at, created_by) VALUES ({account}, 'press', {AT}, 0)")];
    for (place, person) in people.iter().enumerate() {
        let decision = if place % 3 == 0 { "NULL" } else { "1" };
        sql.push(format!("INSERT INTO stakeholder (account_id, decision_id, person_id, placeholder, function, support, coverage, above_id, created_at, created_by) VALUES ({account}, {decision}, {person}, '', '', 0, 0, NULL, {AT}, 0)"));
        sql.push(format!("INSERT INTO private_note (person_id, author_id, author_name, kind, body, created_at) VALUES ({person}, {user}, 'x', 'other', 'n{place}', {AT})"));
        sql.push(format!("INSERT INTO cadence_override (account_id, person_id, wanted_days, longest_days, created_at, created_by) VALUES ({account}, {person}, 30, 60, {AT}, 0)"));
        if place % 2 == 0 {
            sql.push(format!(
                "INSERT INTO relationship (user_id, person_id, level_now, changed_at, changed_by) VALUES ({user}, {person}, NULL, {AT}, 0)"
            ));
            sql.push(format!("INSERT INTO favourite (user_id, kind, record_id, created_at) VALUES ({user}, 'person', {person}, {AT})"));
        }
        sql.push(format!("INSERT INTO visit (user_id, kind, record_id, at) VALUES ({user}, 'person', {person}, {AT})"));
        sql.push(format!("INSERT INTO channel (person_id, kind, value, normal, position, created_at) VALUES ({person}, 'work_mail', 'a{0}@x.example', 'a{0}@x.example', 0, {AT})", place % 2));
        sql.push(format!("INSERT INTO provenance (person_id, datum, item_id, source, basis, since, created_at, created_by) VALUES ({person}, 'channel', {}, 'card', 'f', '2026-01-01', {AT}, 0)", place + 1));
        let below = people[(place + 1) % people.len()];
        if place + 1 < people.len() {
            sql.push(format!("UPDATE employment SET reports_to = {below} WHERE person_id = {person}"));
        }
        if place > 0 {
            sql.push(format!("INSERT INTO employment (person_id, company, function, department, is_primary, created_at, created_by) VALUES ({person}, 'Firma {place}', '', '', false, {AT}, 0)"));
            sql.push(format!(
                "INSERT INTO stakeholder_line (from_id, to_id, kind, created_at, created_by) VALUES ({place}, {}, 'influence', {AT}, 0)",
                place + 1
            ));
            sql.push(format!("UPDATE stakeholder SET above_id = {place} WHERE id = {}", place + 1));
        }
        let persons = if place % 2 == 0 { vec![*person] } else { vec![*person, people[0]] };
        let talk = NewInteraction { persons, ..visit(account) };
        kontor::interactions::actions::log(&house.office, &operator(), talk).await.expect("logged");
    }
    write(house, &sql).await;
}

// Any sequence of merges of people, undone in reverse, gives the old state: some sequences from one seed, as each needs a house of its own.
on_both_databases! {
    async fn any_sequence_of_merges_of_people_undone_in_reverse_gives_the_old_state(house: House) {
        house.administrator().await;
        let account = accounts_named(&house, &["Elbe Maschinenbau"]).await[0];
        let mut people = Vec::new();
        for name in ["Anna", "Bert", "Carl", "Dora", "Emil", "Frida", "Gerd"] {
            people.push(person_at(&house, account, name, "Petersen").await);
        }
        furnish_people(&house, account, &people).await;
        let mut seed = 11_usize;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..4 {
            let (mut left, mut states, mut merges) = (people.clone(), vec![everything(&house).await], Vec::new());
            for _ in 0..5 {
                let gone = left.remove(next(left.len()));
                let kept = left[next(left.len())];
                let take: Vec<&str> = ["first_name", "title", "birthday", "remark"].into_iter().filter(|_| next(2) == 0).collect();
                merges.push(humans::merge(&house.office, &operator(), &same(kept, gone, &take)).await.expect("merged"));
                states.push(everything(&house).await);
                let asked = format!("SELECT COUNT(*) FROM interaction_person WHERE person_id = {gone}");
                assert_eq!(one(&house, &asked).await, 0, "nobody meets who is somebody else");
                assert_eq!(one(&house, &format!("SELECT COUNT(*) FROM private_note WHERE person_id = {gone}")).await, 0);
            }
            let db = house.office.db.read();
            let (stored, counted) = (kontor::interactions::last_contacts::store::stored(db).await, kontor::interactions::last_contacts::store::recomputed(db).await);
            assert_eq!(stored.expect("asked"), counted.expect("asked"));
            while let Some(merge) = merges.pop() {
                assert_same(&states.pop().expect("a state"), &everything(&house).await);
                actions::undo(&house.office, &operator(), merge).await.expect("undone");
            }
            assert_same(&states[0], &everything(&house).await);
        }
    }
}

on_both_databases! {
    async fn people_are_reported_until_they_are_merged_or_found_to_be_two(house: House) {
        let [first, second] = twins(&house).await;
        let report = async |viewer: &Viewer| humans::report(&house.office, viewer, REPORTED_FROM).await.expect("a report");
        let found = report(&operator()).await;
        assert_eq!((found.len(), found[0].pair.first, found[0].pair.second), (1, first, second));
        assert!(found[0].pair.reasons.contains(&Reason::Name));
        assert_eq!(found[0].first.company, "Elbe Maschinenbau");
        let blind = Viewer { sight: Sight::only([]), role: Role::SalesLead, ..operator() };
        assert!(report(&blind).await.is_empty(), "only who sees both learns of a pair");
        assert!(matches!(humans::merge(&house.office, &blind, &same(first, second, &[])).await, Err(Fault::NotFound)));
        assert!(matches!(humans::dismiss(&house.office, &blind, first, second).await, Err(Fault::NotFound)));
        let member = Viewer { role: Role::Member, ..operator() };
        assert!(matches!(humans::merge(&house.office, &member, &same(first, second, &[])).await, Err(Fault::Forbidden)));
        assert!(matches!(humans::merge(&house.office, &operator(), &same(first, first, &[])).await, Err(Fault::Invalid(_))));
        assert!(matches!(humans::merge(&house.office, &operator(), &same(first, second, &["shoe_size"])).await, Err(Fault::Invalid(_))));
        let id = humans::merge(&house.office, &operator(), &same(first, second, &["first_name"])).await.expect("merged");
        assert!(report(&operator()).await.is_empty());
        let kept = kontor::people::actions::show(&house.office, &operator(), first).await.expect("there");
        assert_eq!((kept.person.data.first_name.as_str(), kept.employments.len()), ("Joerg", 1), "the same employment once");
        assert!(matches!(kontor::people::actions::show(&house.office, &operator(), second).await, Err(Fault::NotFound)));
        assert!(matches!(actions::undo(&house.office, &blind, id).await, Err(Fault::NotFound)));
        actions::undo(&house.office, &operator(), id).await.expect("undone");
        assert_eq!(report(&operator()).await.len(), 1);
        humans::dismiss(&house.office, &operator(), second, first).await.expect("dismissed");
        assert!(report(&operator()).await.is_empty());
        assert!(matches!(humans::dismiss(&house.office, &operator(), first, second).await, Err(Fault::Conflict(_))));
    }
}

/// One human who was entered at each of two accounts, with a place on the map, a rhythm of their own, and a contact; and two more at a third account.
async fn one_human_at_two_accounts(house: &House, accounts: [i64; 3]) -> [i64; 4] {
    let [kept, gone, third] = accounts;
    let mut people = Vec::new();
    for (account, first) in [(kept, "Jörg"), (gone, "Joerg"), (third, "Anna"), (third, "Ana")] {
        let person = person_at(house, account, first, "Petersen").await;
        let talk = NewInteraction { persons: vec![person], ..visit(account) };
        kontor::interactions::actions::log(&house.office, &operator(), talk).await.expect("logged");
        write(house, &[
            format!("INSERT INTO stakeholder (account_id, person_id, placeholder, function, support, coverage, created_at, created_by) VALUES ({account}, {person}, '', '', 0, 0, {AT}, 0)"),
            format!("INSERT INTO cadence_override (account_id, person_id, wanted_days, longest_days, created_at, created_by) VALUES ({account}, {person}, 30, 60, {AT}, 0)"),
        ]).await;
        people.push(person);
    }
    people.try_into().expect("four")
}

on_both_databases! {
    async fn merges_of_accounts_and_of_people_there_are_undone_in_reverse_order(house: House) {
        let [kept, gone, third] = three(&house).await;
        let [joerg, again, anna, ana] = one_human_at_two_accounts(&house, [kept, gone, third]).await;
        let of_accounts = async || actions::merge(&house.office, &operator(), &wanted(kept, gone)).await.expect("merged");
        let of_people = async || humans::merge(&house.office, &operator(), &same(joerg, again, &[])).await.expect("merged");
        for are_accounts_first in [true, false] {
            let before = everything(&house).await;
            let first = if are_accounts_first { of_accounts().await } else { of_people().await };
            let between = everything(&house).await;
            let second = if are_accounts_first { of_people().await } else { of_accounts().await };
            let after = everything(&house).await;
            let at = kontor::people::store::of_account(house.office.db.read(), &operator(), kept).await.expect("people");
            assert_eq!(at.iter().map(|(person, _)| person.id).collect::<BTreeSet<_>>(), [joerg].into());
            // Else whoever works at the account that is parted would be missing there: their employment stayed behind with the one given up.
            let Err(Fault::Conflict(reason)) = actions::undo(&house.office, &operator(), first).await else { panic!("undone out of order") };
            let said = reason.message(kontor::web::texts::Texts::of(kontor_domain::team::Language::En));
            assert!(said.contains(&format!("no. {second}")), "{said}");
            assert_same(&after, &everything(&house).await);
            actions::undo(&house.office, &operator(), second).await.expect("undone");
            assert_same(&between, &everything(&house).await);
            actions::undo(&house.office, &operator(), first).await.expect("undone");
            assert_same(&before, &everything(&house).await);
        }
        // What has nothing to do with each other is undone in any order.
        let (accounts, people) = (of_accounts().await, humans::merge(&house.office, &operator(), &same(anna, ana, &[])).await.expect("merged"));
        for merge in [accounts, people] {
            actions::undo(&house.office, &operator(), merge).await.expect("undone");
        }
    }
}

on_both_databases! {
    async fn a_file_of_contacts_that_waits_meets_who_a_person_turned_out_to_be(house: House) {
        use kontor::people::contacts::actions::{self as contacts, Decision};
        use kontor::people::contacts::matching::Choice;
        let [kept, gone, _] = three(&house).await;
        let [joerg, again, ..] = one_human_at_two_accounts(&house, [kept, gone, kept]).await;
        let origin = kontor::people::store::Origin { source: "card".into(), basis: kontor_domain::person::LegalBasis::Interest };
        let upload = async || crate::people::kept(&house, &operator(), "First name;Last name;Company;Mobile\nJoerg;Petersen;Mueller u. Soehne GmbH & Co. KG;+49 170 5551234\n").await;
        let channels = async |person: i64| kontor::people::store::channels(house.office.db.read(), person).await.expect("channels").len();

        let file = upload().await;
        let row = &contacts::show(&house.office, &operator(), file).await.expect("there").content.rows[0];
        assert_eq!((row.account_id, row.person_id, row.choice), (Some(gone), Some(again), Choice::Update));
        let merges = [
            humans::merge(&house.office, &operator(), &same(joerg, again, &[])).await.expect("merged"),
            actions::merge(&house.office, &operator(), &wanted(kept, gone)).await.expect("merged"),
        ];
        let row = &contacts::show(&house.office, &operator(), file).await.expect("there").content.rows[0];
        assert_eq!((row.account_id, row.person_id, row.choice), (Some(kept), Some(joerg), Choice::Update), "the preview leads to who it is now");
        let outcome = contacts::take_in(&house.office, &operator(), file, &[], &origin).await.expect("taken in");
        assert_eq!((outcome.updated, channels(joerg).await, channels(again).await), (1, 1, 0));
        assert_eq!(contacts::show(&house.office, &operator(), file).await.expect("there").content.rows[0].became, Some(joerg));
        let employments = kontor::people::store::employments(house.office.db.read(), &operator(), joerg).await.expect("employments");
        assert!(employments.iter().all(|employment| employment.role.account_id == Some(kept)), "nothing begins at an account that is none any more");

        for merge in merges.into_iter().rev() {
            actions::undo(&house.office, &operator(), merge).await.expect("undone");
        }
        let file = upload().await;
        kontor::people::actions::archive(&house.office, &operator(), again, "retired").await.expect("archived");
        let (before, take_in) = (everything(&house).await, async |choice: Choice| {
            let decision = Decision { place: 0, choice, account: None };
            contacts::take_in(&house.office, &operator(), file, &[decision], &origin).await
        });
        let Err(Fault::Invalid(errors)) = take_in(Choice::Update).await else { panic!("written to who was put away") };
        let said = errors[0].message(kontor::web::texts::Texts::of(kontor_domain::team::Language::En));
        assert!(errors[0].field == "choice" && said.contains("Joerg Petersen is archived"), "{said}");
        assert_same(&before, &everything(&house).await);
        assert_eq!(take_in(Choice::Skip).await.expect("taken in").skipped, 1);

        let reached = format!("INSERT INTO channel (person_id, kind, value, normal, position, created_at) VALUES ({again}, 'mobile', '+49 170 5559999', '+491705559999', 0, {AT})");
        write(&house, &[reached]).await;
        let file = crate::people::kept(&house, &operator(), "First name;Last name;Mobile\nJoerg;Petersen;+49 170 5559999\n").await;
        let row = &contacts::show(&house.office, &operator(), file).await.expect("there").content.rows[0];
        assert_eq!((row.person_id, row.is_archived, row.choice), (Some(again), true, Choice::Skip), "a file takes nobody out again");
    }
}

on_both_databases! {
    async fn people_are_merged_on_pages_and_by_programs(house: House) {
        let mut browser = house.administrator().await;
        let [kept, gone] = twins(&house).await;
        let page = browser.get("/duplicates/people").await.text();
        assert!(page.contains("Joerg Petersen") && page.contains("/duplicates/people/merge"), "{page}");
        assert!(browser.get("/duplicates").await.text().contains("/duplicates/people"), "a switch between accounts and people");
        let page = browser.get(&format!("/duplicates/people/merge?kept={kept}&gone={gone}")).await.text();
        assert!(page.contains("take.first_name"), "{page}");
        let (kept_text, gone_text) = (kept.to_string(), gone.to_string());
        let form = [("kept", &*kept_text), ("gone", &*gone_text), ("take.first_name", &*gone_text)];
        assert_eq!(browser.post("/duplicates/people/merge", &form).await.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get(&format!("/people/{gone}")).await.location(), format!("/people/{kept}"), "the old address leads on");
        assert!(browser.get("/duplicates/merges").await.text().contains("Petersen"));
        let token = token(&house, Role::SalesLead, Scope::Full).await;
        let merges = call(&house, Some(&token), Method::GET, "/api/v1/merges", None).await.json();
        assert_eq!(merges["items"][0]["kind"], "person");
        let path = format!("/api/v1/merges/{}/undo", merges["items"][0]["id"]);
        assert_eq!(call(&house, Some(&token), Method::POST, &path, None).await.status, StatusCode::NO_CONTENT);
        let found = call(&house, Some(&token), Method::GET, "/api/v1/duplicates/people", None).await.json();
        assert_eq!(found["items"][0]["second"]["id"], gone);
        let body = json!({"kept": kept, "gone": gone, "take": ["shoe_size"]});
        let wrong = call(&house, Some(&token), Method::POST, "/api/v1/merges/people", Some(&body)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let body = json!({"kept": kept, "gone": gone});
        assert_eq!(call(&house, Some(&token), Method::POST, "/api/v1/merges/people", Some(&body)).await.status, StatusCode::CREATED);
    }
}
