//! Who sees what: the written policy as one table, held against web, API and command line; and a walk over all routes for what must stay hidden.
//!
//! The expectations are computed here from the policy as the handbook tells it, not by the code that is tested.

use std::collections::BTreeSet;
use std::process::Command;

use axum::http::{Method, StatusCode};
use clap::CommandFactory;
use kontor::access::actions::make_token;
use kontor::access::forms::NewToken;
use kontor::groups::forms::EdgeTerms;
use kontor::ledger::uploads::describe;
use kontor::web::routes::Guard;
use kontor::web::serve::pages;
use kontor_domain::assignment::TeamRole;
use kontor_domain::audit::Event;
use kontor_domain::audit::UnitState;
use kontor_domain::group::Kind;
use kontor_domain::rights::{Right, Scope, Via, Viewer};
use kontor_domain::sight::{Sight, Visibility};
use kontor_domain::team::{Language, Role};
use kontor_ledger::options::Options;
use serde_json::json;

use crate::api::call;
use crate::assignments::{assign, set_visibility, user};
use crate::house::{Browser, House, PASSWORD};
use crate::on_both_databases;

/// The accounts of the stage by who looks after them: the viewer, a colleague of the same unit, somebody else, nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Account {
    Own,
    Unit,
    Other,
    Free,
}

impl Account {
    const ALL: [Account; 4] = [Account::Own, Account::Unit, Account::Other, Account::Free];

    /// A name that stands nowhere else.
    const fn name(self) -> &'static str {
        match self {
            Account::Own => "Ownstein GmbH",
            Account::Unit => "Unitra AG",
            Account::Other => "Otherling KG",
            Account::Free => "Freemont SE",
        }
    }

    /// A number that stands nowhere else.
    const fn number(self) -> &'static str {
        match self {
            Account::Own => "OWN-7100",
            Account::Unit => "UNI-7200",
            Account::Other => "OTH-7300",
            Account::Free => "FRE-7400",
        }
    }
}

/// The written policy. A lead with a unit sees what the unit looks after, the own accounts, and those without a team.
fn sees(role: Role, has_unit: bool, visibility: Visibility, account: Account) -> bool {
    match (visibility, role) {
        (Visibility::Everyone, _) | (_, Role::Administrator) => true,
        (_, Role::SalesLead) => !has_unit || account != Account::Other,
        (_, Role::Member | Role::Viewer) => account == Account::Own,
    }
}

fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

/// One who looks: a user of a role, in the unit or in none, with a browser and a token of each scope.
struct Looker {
    role: Role,
    has_unit: bool,
    mail: String,
    browser: Browser,
    tokens: Vec<String>,
}

struct Stage {
    ids: Vec<i64>,
    lookers: Vec<Looker>,
}

impl Stage {
    fn id(&self, account: Account) -> i64 {
        self.ids[account as usize]
    }
}

async fn unit(house: &House, name: &str) -> i64 {
    let state = UnitState { name: name.into(), parent: None, archived: false };
    kontor::team::actions::add_unit(&house.office, &operator(), state).await.expect("a unit")
}

/// Four accounts with an invoice each, who looks after them, and one user of each role in the unit and in none.
async fn stage(house: &House) -> Stage {
    house.administrator().await;
    let amounts = ["6100.00", "6200.00", "6300.00", "6400.00"];
    let mut lines = String::from("invoice,date,customer id,customer name,product group,net amount\n");
    for (place, account) in Account::ALL.into_iter().enumerate() {
        let line =
            format!("R{place},2026-01-31,{},{},Group of {},{}\n", account.number(), account.name(), account.number(), amounts[place]);
        lines.push_str(&line);
    }
    let path = house.folder().join("stage.csv");
    std::fs::write(&path, lines).expect("written");
    let file = describe(&path).expect("described");
    let import =
        kontor::ledger::actions::upload(&house.office, &operator(), "erp", vec![file], &Options::default()).await.expect("uploaded");
    kontor::ledger::actions::book(&house.office, &operator(), import).await.expect("booked");
    let all = kontor::accounts::store::all(house.office.db.read(), &operator()).await.expect("accounts");
    let id = |account: Account| all.iter().find(|known| known.master.name == account.name()).expect("booked").id;
    let ids: Vec<i64> = Account::ALL.into_iter().map(id).collect();

    let (north, south) = (unit(house, "North").await, unit(house, "South").await);
    let colleague = user(house, "colleague", Role::Member, Some(north)).await;
    let stranger = user(house, "stranger", Role::Member, Some(south)).await;
    assign(house, &colleague, ids[1], TeamRole::Kam, "").await;
    assign(house, &stranger, ids[2], TeamRole::Kam, "").await;
    let mut lookers = Vec::new();
    for role in Role::ALL {
        for has_unit in [true, false] {
            lookers.push(looker(house, role, has_unit.then_some(north), ids[0]).await);
        }
    }
    Stage { ids, lookers }
}

async fn looker(house: &House, role: Role, unit_id: Option<i64>, own: i64) -> Looker {
    let name = format!("{role}-{}", unit_id.is_some());
    let viewer = user(house, &name, role, unit_id).await;
    let mail = format!("{name}@example.org");
    kontor::team::actions::set_password(&house.office, &operator(), viewer.user_id, PASSWORD.into(), None).await.expect("a password");
    assign(house, &viewer, own, TeamRole::Service, "").await;
    let mut browser = house.stranger();
    assert_eq!(browser.post("/sign-in", &[("mail", &mail), ("password", PASSWORD)]).await.status, StatusCode::SEE_OTHER);
    let mut tokens = Vec::new();
    for scope in Scope::ALL {
        let token = NewToken { name: scope.name().into(), scope, expires_on: None };
        tokens.push(make_token(&house.office, &viewer, token).await.expect("a token"));
    }
    Looker { role, has_unit: unit_id.is_some(), mail, browser, tokens }
}

/// The program, on the records of this house.
fn kontor(house: &House, arguments: &[&str]) -> String {
    let config = &house.office.config;
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("DATABASE_URL").env("KONTOR_DATA", &config.data).args(arguments);
    if let Some(url) = &config.database_url {
        command.env("DATABASE_URL", url);
    }
    let output = command.output().expect("the program starts");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A verb of the table: how it is asked for over the web and over the API, and which right it needs.
struct Verb {
    right: Right,
    web: &'static str,
    api: Option<&'static str>,
}

/// Reading one account, in every way.
const ITEMS: [Verb; 5] = [
    Verb { right: Right::SeeFigures, web: "/accounts/{id}", api: Some("/api/v1/accounts/{id}") },
    Verb { right: Right::SeeFigures, web: "/accounts/{id}/team", api: Some("/api/v1/accounts/{id}/team") },
    Verb { right: Right::SeeFigures, web: "/accounts/{id}/group", api: Some("/api/v1/accounts/{id}/invoices") },
    Verb { right: Right::SeeFigures, web: "/accounts/{id}", api: Some("/api/v1/accounts/{id}/months") },
    Verb { right: Right::Export, web: "/accounts/{id}/invoices.csv", api: None },
];

/// Reading many accounts: lists, search, figures, exports.
const LISTS: [Verb; 6] = [
    Verb { right: Right::SeeFigures, web: "/accounts", api: Some("/api/v1/valuation") },
    Verb { right: Right::SeeFigures, web: "/accounts?q={name}", api: None },
    Verb { right: Right::SeeFigures, web: "/", api: Some("/api/v1/valuation?level=group") },
    Verb { right: Right::SeeFigures, web: "/valuation/abc", api: Some("/api/v1/valuation?metric=margin") },
    Verb { right: Right::Export, web: "/accounts.csv", api: None },
    Verb { right: Right::SeeFigures, web: "/valuation/abc?level=group&period=all", api: Some("/api/v1/valuation?period=all") },
];

fn may(looker: &Looker, right: Right, via: Via) -> bool {
    Viewer { user_id: 1, name: String::new(), role: looker.role, language: Language::En, via, sight: Sight::All }.may(right)
}

async fn check_items(house: &House, stage: &mut Stage, visibility: Visibility) {
    for account in Account::ALL {
        let id = stage.id(account).to_string();
        for looker in &mut stage.lookers {
            let seen = sees(looker.role, looker.has_unit, visibility, account);
            for verb in &ITEMS {
                let expected = match (may(looker, verb.right, Via::Web), seen) {
                    (false, _) => StatusCode::FORBIDDEN,
                    (true, true) => StatusCode::OK,
                    (true, false) => StatusCode::NOT_FOUND,
                };
                let path = verb.web.replace("{id}", &id);
                assert_eq!(looker.browser.get(&path).await.status, expected, "{path} of {account:?} by {} under {visibility}", looker.mail);
                let Some(api) = verb.api else { continue };
                for token in &looker.tokens {
                    let path = api.replace("{id}", &id);
                    let status = call(house, Some(token), Method::GET, &path, None).await.status;
                    let expected = if seen { StatusCode::OK } else { StatusCode::NOT_FOUND };
                    assert_eq!(status, expected, "{path} of {account:?} by {} under {visibility}", looker.mail);
                }
            }
        }
    }
}

async fn check_lists(house: &House, stage: &mut Stage, visibility: Visibility) {
    for looker in &mut stage.lookers {
        for verb in &LISTS {
            for account in Account::ALL {
                let seen = sees(looker.role, looker.has_unit, visibility, account);
                let path = verb.web.replace("{name}", account.name().split(' ').next().expect("a word"));
                if may(looker, verb.right, Via::Web) {
                    let page = looker.browser.get(&path).await;
                    assert_eq!(page.status, StatusCode::OK, "{path} by {}", looker.mail);
                    let told = page.text().contains(account.name());
                    assert_eq!(told, seen, "{account:?} on {path} by {} under {visibility}", looker.mail);
                }
                let Some(path) = verb.api.filter(|path| !path.contains("margin")) else { continue };
                for token in &looker.tokens {
                    let told = call(house, Some(token), Method::GET, path, None).await.text().contains(account.name());
                    assert_eq!(told, seen, "{account:?} on {path} by {} under {visibility}", looker.mail);
                }
            }
        }
    }
}

/// Changing the team stands for all changes of an account: what is not seen is not found, what is seen is for who may.
async fn check_changes(house: &House, stage: &mut Stage, visibility: Visibility) {
    for account in Account::ALL {
        let path = format!("/accounts/{}/team", stage.id(account));
        for looker in &mut stage.lookers {
            let seen = sees(looker.role, looker.has_unit, visibility, account);
            let expected = |may_at_all: bool, may_any: bool| match (may_at_all, seen, may_any) {
                (false, ..) => [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND][usize::from(!seen)],
                (true, false, _) => StatusCode::NOT_FOUND,
                (true, true, false) => StatusCode::FORBIDDEN,
                (true, true, true) => StatusCode::UNPROCESSABLE_ENTITY,
            };
            let (at_all, any) = (may(looker, Right::ChangeOwnTeams, Via::Web), may(looker, Right::AssignTeams, Via::Web));
            let status = looker.browser.post(&path, &[("user", "4711"), ("role", "service")]).await.status;
            let web = if at_all { expected(true, any) } else { StatusCode::FORBIDDEN };
            assert_eq!(status, web, "POST {path} of {account:?} by {} under {visibility}", looker.mail);
            for (token, scope) in looker.tokens.iter().zip(Scope::ALL) {
                let body = json!({"user_id": 4711, "role": "service"});
                let status = call(house, Some(token), Method::POST, &format!("/api/v1{path}"), Some(&body)).await.status;
                let (at_all, any) =
                    (may(looker, Right::ChangeOwnTeams, Via::Token(scope)), may(looker, Right::AssignTeams, Via::Token(scope)));
                assert_eq!(
                    status,
                    expected(at_all, any),
                    "POST /api/v1{path} of {account:?} by {} {scope:?} under {visibility}",
                    looker.mail
                );
            }
        }
    }
}

fn check_command_line(house: &House, stage: &Stage, visibility: Visibility) {
    for looker in &stage.lookers {
        for account in Account::ALL {
            let seen = sees(looker.role, looker.has_unit, visibility, account);
            let said = kontor(house, &["--as", &looker.mail, "team", "list", account.number()]);
            assert_eq!(!said.contains("No account has"), seen, "{account:?} by {} under {visibility}: {said}", looker.mail);
        }
    }
}

on_both_databases! {
    async fn everybody_sees_and_changes_what_the_policy_says_in_every_channel(house: House) {
        let mut stage = stage(&house).await;
        for visibility in Visibility::ALL {
            set_visibility(&house, visibility).await;
            check_items(&house, &mut stage, visibility).await;
            check_lists(&house, &mut stage, visibility).await;
            check_changes(&house, &mut stage, visibility).await;
        }
        check_command_line(&house, &stage, Visibility::Team);
    }
}

/// Ids of records that hang on an account that the viewer does not see, by where routes name them. Routes of another kind stand in [`NO_ACCOUNT`].
async fn hidden(house: &House, stage: &Stage) -> Vec<(&'static str, i64)> {
    let (other, free) = (stage.id(Account::Other), stage.id(Account::Free));
    let today = house.office.today();
    let team = kontor::assignments::actions::team(&house.office, &operator(), other, today).await.expect("a team");
    let gone = user(house, "gone", Role::Member, None).await;
    assign(house, &gone, other, TeamRole::Service, "").await;
    let wanted =
        kontor::handovers::forms::Wanted { from: gone.user_id, to: team.now[0].assignment.user_id, on: today, note: None, accounts: None };
    let handover = kontor::handovers::actions::hand_over(&house.office, &operator(), &wanted).await.expect("handed over");
    let person = crate::people::person_at(house, other, "Otherling", "Person").await;
    let visit = crate::interactions::visit(other);
    let interaction = kontor::interactions::actions::log(&house.office, &operator(), visit).await.expect("logged");
    let attachment = crate::interactions::attached(house, interaction).await;
    crate::scoring::rate(house, &Viewer { user_id: 1, ..operator() }, other, &[("surplus", 3)]).await;
    let ratings = kontor::scoring::actions::ratings(&house.office, &operator(), other).await.expect("ratings");
    let terms = EdgeTerms { kind: Kind::Subsidiary, share: None, from: None, to: None };
    let edge = kontor::groups::actions::add(&house.office, &operator(), other, free, terms).await.expect("an edge");
    let settings = kontor::settings::store::current(house.office.db.read()).await.expect("settings");
    let nomination =
        kontor::key_accounts::actions::nominate(&house.office, &operator(), &settings, other, "Leads".into()).await.expect("nominated");
    let (entry, line) = crate::stakeholders::entry_and_line(house, other).await;
    let contacts = crate::people::kept(house, &Viewer { user_id: 1, ..operator() }, "Name;Company\nIda Ott;Otherling KG\n").await;
    let merge = crate::walk::merged(house).await;
    vec![
        ("/accounts/{id}", other),
        ("/team/assignments/{id}", team.now[0].id),
        ("/people/{id}", person),
        ("/interactions/{id}", interaction),
        ("/attachments/{id}", attachment),
        ("/ratings/{id}", ratings[0].id),
        ("/group-edges/{id}", edge),
        ("/team/handovers/{id}", handover),
        ("/groups/edges/{id}", edge),
        ("{edge}", edge),
        ("/imports/{id}", 1),
        ("/nominations/{id}", nomination),
        ("/map-entries/{id}", entry),
        ("/map-lines/{id}", line),
        ("/people/import/{id}", contacts),
        ("/merges/{id}", merge),
        ("/duplicates/merges/{id}", merge),
    ]
}

/// Where `{id}` names no record of an account.
const NO_ACCOUNT: [&str; 8] = [
    "/users/{id}",
    "/units/{id}",
    "/settings/rates/{id}",
    "/settings/fields/{id}",
    "/profile/tokens/{id}",
    "/views/{id}",
    "/valuation/criteria/{id}",
    // Of its accounts it shows those that are seen.
    "/valuation/rounds/{id}",
];

/// Fills in what lies within a record: of each kind, the stage has at most a first one.
fn inner(path: &str, id: &str) -> String {
    path.replace("{field}", "name")
        .replace("{employment}", id)
        .replace("{address}", id)
        .replace("{event}", id)
        .replace("{place}", "0")
        .replace("{note}", id)
}

/// The path with the ids of hidden records, and with ids of nothing; `None` where it names no record of an account.
fn both(path: &str, hidden: &[(&'static str, i64)]) -> Option<(String, String)> {
    let plain = path.strip_prefix("/api/v1").unwrap_or(path);
    if !plain.contains('{') || NO_ACCOUNT.iter().any(|other| plain.starts_with(other)) || plain.contains("{token}") {
        return None;
    }
    let longest = hidden.iter().filter(|(prefix, _)| plain.starts_with(prefix)).max_by_key(|(prefix, _)| prefix.len());
    let (prefix, id) = longest.unwrap_or_else(|| panic!("say what {plain} is about"));
    let edge = hidden.iter().find(|(prefix, _)| *prefix == "{edge}").map(|(_, id)| id.to_string()).unwrap_or_default();
    let filled = inner(&path.replace("{id}", &id.to_string()).replace("{edge}", &edge), "1");
    assert!(!filled.contains('{'), "{prefix}: {filled}");
    Some((filled, inner(&path.replace("{id}", "471100").replace("{edge}", "471100"), "471100")))
}

on_both_databases! {
    async fn what_is_not_seen_answers_on_every_route_as_if_it_were_not_there(house: House) {
        let mut stage = stage(&house).await;
        set_visibility(&house, Visibility::Team).await;
        let hidden = hidden(&house, &stage).await;
        let looker = stage.lookers.iter_mut().find(|looker| looker.role == Role::Member).expect("a member");
        let before = house.events().await.len();
        let mut walked = 0;
        for route in pages().table() {
            let Some((path, nothing)) = both(route.path, &hidden) else { continue };
            let mut ask = async |path: &str| match route.method {
                Method::GET => looker.browser.get(path).await,
                _ => looker.browser.post(path, &[("user", "1"), ("role", "service"), ("to", ""), ("kind", "subsidiary")]).await,
            };
            let (found, unknown) = (ask(&path).await, ask(&nothing).await);
            assert_eq!(found.status, unknown.status, "{} {path}", route.method);
            if let Guard::Needs(right) = route.guard
                && (Viewer { role: Role::Member, ..operator() }).may(right)
            {
                // Forms with files are no forms at all here, which answers before anything is looked up.
                let refusals = [StatusCode::NOT_FOUND, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::BAD_REQUEST];
                assert!(refusals.contains(&found.status), "{path}: {}", found.status);
                assert!(route.method != Method::GET || found.status == StatusCode::NOT_FOUND, "{path}: {}", found.status);
            }
            assert!(!found.text().contains(Account::Other.name()), "{path}");
            walked += 1;
        }
        let contract = serde_json::to_value(kontor::api::contract()).expect("the contract");
        for (path, methods) in contract["paths"].as_object().expect("paths") {
            let Some((path, nothing)) = both(path, &hidden) else { continue };
            for method in methods.as_object().expect("methods").keys() {
                let method: Method = method.to_uppercase().parse().expect("a method");
                let body = json!({"user_id": 1, "role": "service"});
                let ask = async |path: &str| call(&house, looker.tokens.last().map(String::as_str), method.clone(), path, Some(&body)).await;
                let (found, unknown) = (ask(&path).await, ask(&nothing).await);
                assert_eq!(found.status, unknown.status, "{method} {path}");
                assert!(method != Method::GET || found.status == StatusCode::NOT_FOUND, "{path}: {}", found.status);
                assert!(!found.text().contains(Account::Other.name()), "{path}");
                walked += 1;
            }
        }
        assert!(walked > 25, "only {walked} routes");
        assert_eq!(house.events().await.len(), before, "nothing changed");
    }
}

on_both_databases! {
    async fn no_page_and_no_answer_names_an_account_that_is_not_seen(house: House) {
        let mut stage = stage(&house).await;
        set_visibility(&house, Visibility::Team).await;
        hidden(&house, &stage).await;
        let own = stage.id(Account::Own);
        let terms = EdgeTerms { kind: Kind::JointVenture, share: None, from: None, to: None };
        kontor::groups::actions::add(&house.office, &operator(), stage.id(Account::Other), own, terms).await.expect("an edge");
        for looker in stage.lookers.iter_mut().filter(|looker| matches!(looker.role, Role::Member | Role::Viewer)) {
            let mut answers = Vec::new();
            for route in pages().table().iter().filter(|route| route.method == Method::GET && !route.path.contains("styleguide")) {
                let path = route.path.replace("/accounts/{id}", &format!("/accounts/{own}"));
                if !path.contains('{') {
                    answers.push((path.clone(), looker.browser.get(&path).await));
                }
            }
            let contract = serde_json::to_value(kontor::api::contract()).expect("the contract");
            for path in contract["paths"].as_object().expect("paths").keys() {
                let path = path.replace("/accounts/{id}", &format!("/accounts/{own}"));
                if !path.contains('{') {
                    let token = looker.tokens.last().map(String::as_str);
                    answers.push((path.clone(), call(&house, token, Method::GET, &path, None).await));
                }
            }
            let seen = answers.iter().filter(|(_, answer)| answer.text().contains(Account::Own.name())).count();
                assert!(seen >= 4, "the own account shows on {seen} pages");
            for (path, answer) in answers {
                for account in [Account::Unit, Account::Other, Account::Free] {
                    for sign in [account.name(), account.number()] {
                        assert!(!answer.text().contains(sign), "{path} tells {} of {sign}", looker.mail);
                    }
                }
                assert!(!answer.text().contains("25,000") && !answer.text().contains("25000"), "{path} tells the sum of all");
            }
        }
    }
}

/// What each command of the program is asked for to see whether it tells of an account that is not seen; nothing where it knows no accounts of the house.
fn commands() -> Vec<(&'static str, Option<Vec<&'static str>>)> {
    let other = Account::Other.number();
    vec![
        ("analyze", None),
        ("serve", None),
        ("demo", None),
        ("generate", None),
        ("openapi", None),
        ("import", None),
        ("user list", None),
        ("user add", None),
        ("user role", None),
        ("user unit", None),
        ("user deactivate", None),
        ("user activate", None),
        ("user link", None),
        ("unit list", None),
        ("unit add", None),
        ("unit change", None),
        ("imports list", Some(vec![])),
        ("imports show", Some(vec!["1"])),
        ("imports rejected", Some(vec!["1"])),
        ("imports undo", Some(vec!["1"])),
        ("groups show", Some(vec![other])),
        ("groups add", Some(vec![other, Account::Own.number()])),
        ("groups end", Some(vec!["1"])),
        ("groups import", None),
        ("interactions log", Some(vec!["--account", other, "--purpose", "Talk"])),
        ("interactions list", Some(vec![])),
        ("interactions show", Some(vec!["1"])),
        ("team list", Some(vec![other])),
        ("team assign", Some(vec!["stranger@example.org", "service", other])),
        ("team handover", Some(vec!["stranger@example.org", "colleague@example.org"])),
        ("team workload", Some(vec![])),
        ("team end", Some(vec!["2"])),
        ("accounts list", Some(vec![])),
        ("accounts show", Some(vec!["{other}"])),
        ("accounts new", None),
        ("accounts set", Some(vec!["{other}", "city=Kiel"])),
        ("accounts archive", Some(vec!["{other}"])),
        ("accounts history", Some(vec!["{other}"])),
        ("duplicates list", Some(vec!["--score", "1"])),
        ("duplicates dismiss", Some(vec!["{other}", "{free}"])),
        ("duplicates merge", Some(vec!["{other}", "{free}"])),
        ("duplicates list", Some(vec!["--people", "--score", "50"])),
        ("duplicates dismiss", Some(vec!["--people", "{person}", "1"])),
        ("duplicates merge", Some(vec!["--people", "{person}", "1"])),
        ("duplicates merges", Some(vec![])),
        ("duplicates undo", Some(vec!["1"])),
        ("people list", Some(vec![])),
        ("people show", Some(vec!["{person}"])),
        ("people import", None),
        ("people export", Some(vec!["--format", "csv", "--out", "{out}"])),
        ("cadence list", Some(vec!["--state", "never"])),
        ("valuation run", Some(vec![])),
        ("valuation show", Some(vec!["--json"])),
        ("valuation export", Some(vec!["--out", "{out}"])),
    ]
}

fn leaves(command: &clap::Command, above: &str, found: &mut BTreeSet<String>) {
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let name = format!("{above} {}", sub.get_name()).trim().to_owned();
        if sub.has_subcommands() { leaves(sub, &name, found) } else { assert!(found.insert(name)) }
    }
}

#[test]
fn every_command_is_in_the_table_of_commands() {
    let mut found = BTreeSet::new();
    leaves(&kontor::cli::Cli::command(), "", &mut found);
    let known: BTreeSet<String> = commands().into_iter().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(found, known, "say whether a new command may tell of accounts");
}

on_both_databases! {
    async fn no_command_tells_of_an_account_that_is_not_seen(house: House) {
        let stage = stage(&house).await;
        set_visibility(&house, Visibility::Team).await;
        let hidden = hidden(&house, &stage).await;
        let person = hidden.iter().find(|(path, _)| path.starts_with("/people")).expect("a person").1.to_string();
        let [other, free] = [Account::Other, Account::Free].map(|account| stage.id(account).to_string());
        let out = house.folder().join("out.csv").display().to_string();
        let filled = |argument: &str| {
            argument.replace("{other}", &other).replace("{free}", &free).replace("{person}", &person).replace("{out}", &out)
        };
        let changes = async || house.events().await.into_iter().filter(|event| !matches!(event, Event::Exported { .. })).count();
        let before = changes().await;
        for (name, arguments) in commands() {
            let Some(arguments) = arguments else { continue };
            let all = ["--as", "member-true@example.org"].into_iter().chain(name.split(' ')).map(str::to_owned);
            let all: Vec<String> = all.chain(arguments.into_iter().map(filled)).collect();
            let mut said = kontor(&house, &all.iter().map(String::as_str).collect::<Vec<_>>());
            said.push_str(&std::fs::read_to_string(&out).unwrap_or_default());
            for account in [Account::Unit, Account::Other, Account::Free] {
                assert!(!said.contains(account.name()), "{name}: {said}");
            }
        }
        assert_eq!(changes().await, before, "nothing changed");
        assert!(kontor(&house, &["--as", "nobody@example.org", "imports", "list"]).contains("mail"), "whoever is not there sees nothing");
        assert!(kontor(&house, &["team", "list", Account::Other.number()]).contains("stranger"), "the operator sees all");
    }
}
