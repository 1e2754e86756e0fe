//! Account teams: who looks after whom, from when to when, and who may change it.

use chrono::NaiveDate;
use kontor::assignments::actions::{self, Outcome, Selection};
use kontor::assignments::forms::AssignForm;
use kontor::assignments::sight;
use kontor::fault::Fault;
use kontor::groups::forms::EdgeTerms;
use kontor::team::forms::NewUserForm;
use kontor::web::format::Locale;
use kontor_domain::assignment::TeamRole;
use kontor_domain::audit::{Event, UnitState};
use kontor_domain::rights::{Via, Viewer};
use kontor_domain::settings::Settings;
use kontor_domain::sight::{Sight, Visibility};
use kontor_domain::team::{Language, Role};

use crate::groups::customers;
use crate::house::House;
use crate::on_both_databases;

fn operator() -> Viewer {
    Viewer::operator(Language::En)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A new user as the house sees them.
pub async fn user(house: &House, name: &str, role: Role, unit_id: Option<i64>) -> Viewer {
    let unit = unit_id.map(|id| id.to_string()).unwrap_or_default();
    let form = NewUserForm { name: name.into(), mail: format!("{name}@example.org"), role: role.to_string(), unit };
    let user_id = kontor::team::actions::add(&house.office, &operator(), &form.parse().expect("a user")).await.expect("added");
    Viewer { user_id, name: name.into(), role, language: Language::En, via: Via::Web, sight: Sight::Nothing }
}

pub async fn set_visibility(house: &House, visibility: Visibility) {
    let settings = Settings { visibility, ..kontor::settings::store::current(house.office.db.read()).await.expect("settings") };
    kontor::settings::actions::change(&house.office, &operator(), settings).await.expect("set");
}

fn wish(user: &Viewer, role: TeamRole, from: &str, replace: bool) -> AssignForm {
    AssignForm {
        user: user.user_id.to_string(),
        role: role.to_string(),
        from: from.into(),
        replace: replace.then(|| "on".into()),
        ..AssignForm::default()
    }
}

async fn try_assign(house: &House, by: &Viewer, account: i64, form: &AssignForm) -> Result<(), Fault> {
    let wanted = form.parse(Locale::of(Language::En), house.office.today()).map_err(Fault::Invalid)?;
    actions::assign(&house.office, by, account, &wanted).await
}

pub async fn assign(house: &House, user: &Viewer, account: i64, role: TeamRole, from: &str) {
    try_assign(house, &operator(), account, &wish(user, role, from, false)).await.expect("assigned");
}

async fn sight(house: &House, viewer: &Viewer) -> Sight {
    sight::give(&house.office, viewer.clone()).await.expect("a sight").sight
}

fn fields(result: Result<(), Fault>) -> Vec<String> {
    match result {
        Err(Fault::Invalid(errors)) => errors.into_iter().map(|error| error.field.into_owned()).collect(),
        other => panic!("{other:?}"),
    }
}

on_both_databases! {
    async fn one_kam_at_a_time_and_who_follows_ends_the_one_before(house: House) {
        let account = customers(&house, &["Elbe GmbH"]).await[0];
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, account, TeamRole::Kam, "2026-01-01").await;
        assert_eq!(fields(try_assign(&house, &operator(), account, &wish(&musa, TeamRole::Kam, "2026-07-01", false)).await), ["user"]);
        assert_eq!(fields(try_assign(&house, &operator(), account, &wish(&jana, TeamRole::Kam, "2026-07-01", true)).await), ["user"]);
        try_assign(&house, &operator(), account, &wish(&musa, TeamRole::Kam, "2026-07-01", true)).await.expect("follows");
        let kam = async |on: &str| actions::kam_of(&house.office, account, day(on)).await.expect("asked");
        assert_eq!(kam("2025-12-31").await, None);
        assert_eq!(kam("2026-06-30").await, Some(jana.user_id));
        assert_eq!(kam("2026-07-01").await, Some(musa.user_id));
        assert!(actions::is_on_team(&house.office, jana.user_id, account, day("2026-06-30")).await.expect("asked"));
        assert!(!actions::is_on_team(&house.office, jana.user_id, account, day("2026-07-01")).await.expect("asked"));
        let team = actions::team(&house.office, &operator(), account, day("2026-11-23")).await.expect("a team");
        assert_eq!((team.kam().expect("a KAM").name.as_str(), team.past[0].name.as_str()), ("musa", "jana"));
        let Some(Event::TeamAssigned { accounts, .. }) = house.events().await.into_iter().next() else { panic!("no event") };
        assert_eq!(accounts[0].before.as_deref(), Some("jana"));
    }
}

on_both_databases! {
    async fn wrong_wishes_are_told_at_their_fields(house: House) {
        let account = customers(&house, &["Elbe GmbH"]).await[0];
        let form = AssignForm { user: "x".into(), role: "boss".into(), reach: "all".into(), from: "soon".into(), ..AssignForm::default() };
        assert_eq!(fields(try_assign(&house, &operator(), account, &form).await), ["user", "role", "reach", "from"]);
        let jana = user(&house, "jana", Role::Member, None).await;
        let backwards = AssignForm { to: "2026-01-01".into(), ..wish(&jana, TeamRole::Service, "2026-02-01", false) };
        assert_eq!(fields(try_assign(&house, &operator(), account, &backwards).await), ["to"]);
        let nobody = AssignForm { user: "4711".into(), ..wish(&jana, TeamRole::Service, "", false) };
        assert_eq!(fields(try_assign(&house, &operator(), account, &nobody).await), ["user"]);
        assert!(matches!(try_assign(&house, &operator(), 4711, &wish(&jana, TeamRole::Service, "", false)).await, Err(Fault::NotFound)));
    }
}

on_both_databases! {
    async fn a_kam_changes_the_team_of_their_own_accounts_only(house: House) {
        let ids = customers(&house, &["Elbe GmbH", "Weser AG"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "").await;
        let jana = sight::give(&house.office, jana).await.expect("seen");
        let service = wish(&musa, TeamRole::Service, "", false);
        try_assign(&house, &jana, ids[0], &service).await.expect("her own");
        assert!(matches!(try_assign(&house, &jana, ids[1], &service).await, Err(Fault::Forbidden)));
        let musa = sight::give(&house.office, musa).await.expect("seen");
        assert!(matches!(try_assign(&house, &musa, ids[0], &service).await, Err(Fault::Forbidden)), "on the team is not KAM");
    }
}

on_both_databases! {
    async fn a_role_ends_and_one_that_has_not_begun_is_taken_back(house: House) {
        let account = customers(&house, &["Elbe GmbH"]).await[0];
        let jana = user(&house, "jana", Role::Member, None).await;
        assign(&house, &jana, account, TeamRole::Service, "2026-01-01").await;
        assign(&house, &jana, account, TeamRole::Deputy, "2027-01-01").await;
        let team = actions::team(&house.office, &operator(), account, day("2026-11-23")).await.expect("a team");
        actions::end(&house.office, &operator(), team.now[0].id, day("2026-11-23")).await.expect("ended");
        actions::end(&house.office, &operator(), team.later[0].id, day("2026-11-23")).await.expect("taken back");
        let after = actions::team(&house.office, &operator(), account, day("2027-02-01")).await.expect("a team");
        assert_eq!((after.now.len(), after.later.len(), after.past.len()), (0, 0, 1), "{after:?}");
        let again = actions::end(&house.office, &operator(), team.now[0].id, day("2026-12-01")).await;
        assert!(matches!(again, Err(Fault::Invalid(_))), "an end is not put off");
        assert!(matches!(actions::end(&house.office, &operator(), 4711, day("2026-12-01")).await, Err(Fault::NotFound)));
    }
}

on_both_databases! {
    async fn many_accounts_get_a_team_at_once_after_a_look_at_what_changes(house: House) {
        let ids = customers(&house, &["A GmbH", "B GmbH", "C GmbH", "D GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "2026-01-01").await;
        assign(&house, &musa, ids[1], TeamRole::Kam, "2026-01-01").await;
        let wanted = wish(&musa, TeamRole::Kam, "2026-11-23", false).parse(Locale::of(Language::En), house.office.today()).expect("a wish");
        let selection = Selection::Accounts(ids[..3].to_vec());
        let seen = actions::preview(&house.office, &operator(), &selection, &wanted).await.expect("a preview");
        let outcomes: Vec<&Outcome> = seen.iter().map(|planned| &planned.outcome).collect();
        assert_eq!(outcomes, [&Outcome::Taken("jana".into()), &Outcome::Already, &Outcome::Added]);
        let before = house.events().await.len();
        let done = actions::assign_many(&house.office, &operator(), &selection, &wanted).await.expect("done");
        assert_eq!(done, seen);
        assert_eq!(house.events().await.len(), before + 1);
        let again = actions::assign_many(&house.office, &operator(), &selection, &wanted).await;
        assert!(matches!(again, Err(Fault::Invalid(_))), "nothing left to change");
        let unknown = actions::preview(&house.office, &operator(), &Selection::Accounts(vec![ids[0], 4711]), &wanted).await;
        assert!(matches!(unknown, Err(Fault::NotFound)));
        assert_eq!(actions::kam_of(&house.office, ids[2], house.office.today()).await.expect("asked"), Some(musa.user_id));
        assert_eq!(actions::kam_of(&house.office, ids[3], house.office.today()).await.expect("asked"), None);
    }
}

on_both_databases! {
    async fn what_one_sees_follows_setting_team_unit_and_group_at_once(house: House) {
        let ids = customers(&house, &["Kopf AG", "Tochter GmbH", "Fremd GmbH"]).await;
        let state = |name: &str, parent| UnitState { name: name.into(), parent, archived: false };
        let sales = kontor::team::actions::add_unit(&house.office, &operator(), state("Sales", None)).await.expect("a unit");
        let north = kontor::team::actions::add_unit(&house.office, &operator(), state("North", Some(sales))).await.expect("a unit");
        let jana = user(&house, "jana", Role::Member, Some(north)).await;
        let lead = user(&house, "lead", Role::SalesLead, Some(sales)).await;
        assert!(sight(&house, &jana).await.is_all());
        set_visibility(&house, Visibility::Team).await;
        assert_eq!(sight(&house, &jana).await, Sight::only([]));
        assert_eq!(sight(&house, &lead).await, Sight::only(ids.clone()), "accounts without a team");
        let form = AssignForm { reach: "group".into(), ..wish(&jana, TeamRole::Kam, "", false) };
        try_assign(&house, &operator(), ids[0], &form).await.expect("assigned");
        assert_eq!(sight(&house, &jana).await, Sight::only([ids[0]]));
        let terms = EdgeTerms { kind: kontor_domain::group::Kind::Subsidiary, share: None, from: None, to: None };
        kontor::groups::actions::add(&house.office, &operator(), ids[0], ids[1], terms).await.expect("an edge");
        assert_eq!(sight(&house, &jana).await, Sight::only([ids[0], ids[1]]), "and what it controls");
        assert_eq!(actions::kam_of(&house.office, ids[1], house.office.today()).await.expect("asked"), Some(jana.user_id));
        let musa = user(&house, "musa", Role::Member, None).await;
        assign(&house, &musa, ids[2], TeamRole::Service, "").await;
        assert_eq!(sight(&house, &lead).await, Sight::only([ids[0], ids[1]]), "not what others than the unit look after");
        let new = customers(&house, &["Neu GmbH"]).await[0];
        assert!(sight(&house, &lead).await.sees(new) && !sight(&house, &jana).await.sees(new));
        set_visibility(&house, Visibility::Everyone).await;
        assert!(sight(&house, &jana).await.is_all());
    }
}

on_both_databases! {
    async fn units_make_no_circle_and_are_archived_only_when_empty(house: House) {
        let state = |name: &str, parent, archived| UnitState { name: name.into(), parent, archived };
        let office = &house.office;
        let add = async |state| kontor::team::actions::add_unit(office, &operator(), state).await;
        let change = async |id, state| kontor::team::actions::change_unit(office, &operator(), id, state).await;
        let sales = add(state("Sales", None, false)).await.expect("a unit");
        let north = add(state("North", Some(sales), false)).await.expect("a unit");
        assert_eq!(fields(change(sales, state("Sales", Some(north), false)).await), ["parent"]);
        assert_eq!(fields(change(sales, state("Sales", Some(sales), false)).await), ["parent"]);
        assert_eq!(fields(change(sales, state("Sales", None, true)).await), ["archived"]);
        assert_eq!(fields(add(state("North", None, false)).await.map(|_| ())), ["name"]);
        assert_eq!(fields(add(state("South", Some(4711), false)).await.map(|_| ())), ["parent"]);
        user(&house, "jana", Role::Member, Some(north)).await;
        assert_eq!(fields(change(north, state("North", Some(sales), true)).await), ["archived"]);
        assert!(matches!(change(4711, state("X", None, false)).await, Err(Fault::NotFound)));
    }
}

on_both_databases! {
    async fn teams_move_with_an_account_that_is_merged_and_back(house: House) {
        let ids = customers(&house, &["Alt GmbH", "Neu GmbH"]).await;
        let (jana, musa) = (user(&house, "jana", Role::Member, None).await, user(&house, "musa", Role::Member, None).await);
        assign(&house, &jana, ids[0], TeamRole::Kam, "").await;
        assign(&house, &jana, ids[0], TeamRole::Service, "").await;
        assign(&house, &musa, ids[1], TeamRole::Kam, "").await;
        let commit = async |tx: kontor::db::Tx| {
            tx.commit(&operator(), house.office.now(), Event::Exported { what: "merge".into(), rows: 0 }).await.expect("committed");
        };
        let tx = house.office.db.begin().await.expect("begun");
        let moved = actions::move_references(&tx, ids[0], ids[1]).await.expect("moved");
        commit(tx).await;
        let roles = async |id| -> Vec<(TeamRole, i64)> {
            let team = actions::team_of(&house.office, id, house.office.today()).await.expect("a team");
            team.iter().map(|assignment| (assignment.role, assignment.user_id)).collect()
        };
        assert_eq!(roles(ids[1]).await, [(TeamRole::Kam, musa.user_id), (TeamRole::Service, jana.user_id)]);
        assert_eq!(roles(ids[0]).await, [(TeamRole::Kam, jana.user_id)], "a second KAM stays behind");
        let tx = house.office.db.begin().await.expect("begun");
        actions::move_back(&tx, &moved, ids[0]).await.expect("back");
        commit(tx).await;
        assert_eq!(roles(ids[0]).await.len(), 2);
        let tx = house.office.db.begin().await.expect("begun");
        actions::appoint_kam(&tx, &operator(), ids[0], musa.user_id, house.office.today(), house.office.now()).await.expect("appointed");
        commit(tx).await;
        assert_eq!(roles(ids[0]).await[0], (TeamRole::Kam, musa.user_id), "also where she was KAM from today on");
    }
}
