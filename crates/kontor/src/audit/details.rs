//! What an event was about, in the reader's words.

mod contacts;
mod maps;
mod names;
pub mod people;
mod scoring;

use kontor_domain::abc::Thresholds;
use kontor_domain::audit::{Event, GroupEdgeState, TeamChange, UnitState, UserState};
use kontor_domain::rights::Scope;
use kontor_domain::settings::{Rate, Settings};
use kontor_domain::view::{Kept, List};

use crate::settings::pages::{level_name, month_name, period_name, visibility_name};
use crate::team::pages::{role_name, team_role_name};
use crate::web::format::Locale;
use crate::web::layout::language_name;
use crate::web::texts::Texts;

/// What it was about and the changes, each as name and value; a change as `before → after`.
pub fn details(t: &Texts, locale: Locale, event: &Event) -> Vec<(String, String)> {
    match event {
        Event::UserAdded { name, mail, role, .. } => {
            vec![(t.team_name(), name.clone()), (t.team_mail(), mail.clone()), (t.team_role(), role_name(t, *role))]
        }
        Event::UserChanged { before, after, .. } => user_changes(t, before, after),
        Event::LanguageSet { before, after, .. } => {
            vec![(t.team_language(), change(language_name(*before), language_name(*after)))]
        }
        Event::ColumnsChosen { columns, .. } => {
            vec![(t.audit_columns(), columns.iter().map(|name| names::column(t, name)).collect::<Vec<_>>().join(", "))]
        }
        Event::PasswordSet { name, .. } => vec![(t.team_name(), name.clone())],
        // Who came and went stands in the entry itself.
        Event::SignedIn { .. } | Event::SignedOut { .. } => vec![],
        Event::SignInRefused { too_many, .. } => too_many.then(|| (t.audit_why(), t.audit_too_many())).into_iter().collect(),
        Event::LinkMade { user_id } => {
            vec![(t.audit_for(), user_id.map_or_else(|| t.audit_set_up(), |id| t.audit_user(id.to_string())))]
        }
        Event::TokenMade { name, scope, expires_on, .. } => {
            let mut details = vec![(t.access_token_name(), name.clone()), (t.access_token_scope(), scope_name(t, *scope))];
            details.extend(expires_on.map(|day| (t.access_token_expires(), locale.date(day))));
            details
        }
        Event::TokenRevoked { name, .. } => vec![(t.access_token_name(), name.clone())],
        Event::SettingsChanged { before, after } => settings_changes(t, locale, before, after),
        Event::RateSet { rate, before } => vec![rate_details(t, locale, *rate, *before)],
        Event::RateRemoved { rate } => vec![rate_details(t, locale, *rate, None)],
        Event::ImportUploaded { import_id, source, files } => {
            vec![import(t, *import_id), (t.audit_source(), source.clone()), (t.audit_files(), files.join(", "))]
        }
        Event::ImportPrepared { import_id } | Event::ImportChecked { import_id } | Event::ImportDiscarded { import_id } => {
            vec![import(t, *import_id)]
        }
        Event::ImportBooked { import_id, source, files, lines } => vec![
            import(t, *import_id),
            (t.audit_source(), source.clone()),
            (t.audit_files(), files.join(", ")),
            (t.audit_lines(), locale.integer(*lines)),
        ],
        Event::ImportStopped { import_id, source, reasons } => {
            let reasons: Vec<String> =
                reasons.iter().map(|kind| t.by_key(&format!("finding-{kind}")).unwrap_or_else(|| kind.clone())).collect();
            vec![import(t, *import_id), (t.audit_source(), source.clone()), (t.audit_why(), reasons.join(", "))]
        }
        Event::ImportUndone { import_id, source, lines } => {
            vec![import(t, *import_id), (t.audit_source(), source.clone()), (t.audit_lines(), locale.integer(*lines))]
        }
        Event::UnitAdded { after, .. } => vec![(t.audit_unit(), after.name.clone())],
        Event::UnitChanged { before, after, .. } => unit_changes(t, before, after),
        Event::TeamAssigned { user, role, from, to, accounts, .. } => {
            let mut details = vec![(t.audit_user_label(), user.clone()), (t.team_role(), team_role_name(t, *role)), assigned(t, accounts)];
            details.push((t.audit_from(), locale.date(*from)));
            details.extend(to.map(|to| (t.audit_to(), locale.date(to))));
            details
        }
        Event::HandedOver { from, to, on, accounts, .. } => vec![
            (t.handovers_from(), from.clone()),
            (t.handovers_to(), to.clone()),
            (t.handovers_on(), locale.date(*on)),
            assigned(t, accounts),
        ],
        Event::TeamEnded { user, role, account, to, .. } => vec![
            (t.audit_account(), account.clone()),
            (t.audit_user_label(), user.clone()),
            (t.team_role(), team_role_name(t, *role)),
            (t.audit_to(), locale.date(*to)),
        ],
        Event::BuyingDecisionAdded { .. }
        | Event::BuyingDecisionClosed { .. }
        | Event::StakeholderPlaced { .. }
        | Event::StakeholderRemoved { .. }
        | Event::StakeholderLineDrawn { .. }
        | Event::StakeholderLineRemoved { .. }
        | Event::RelationshipSet { .. } => maps::details(t, event),
        Event::GroupEdgeAdded { edge } | Event::GroupEdgeWithdrawn { edge } => edge_details(t, locale, edge),
        Event::GroupEdgeChanged { before, after } => edge_changes(t, locale, before, after),
        Event::GroupsImported { file, edges, accounts } => vec![
            (t.audit_file(), file.clone()),
            (t.audit_edges(), locale.integer(*edges)),
            (t.audit_new_accounts(), locale.integer(*accounts)),
        ],
        Event::ViewSaved { name, list, .. } | Event::ViewRemoved { name, list, .. } => {
            vec![(t.audit_list(), list_name(t, *list)), (t.team_name(), name.clone())]
        }
        Event::AccountAdded { name, changes, .. } | Event::AccountChanged { name, changes, .. } => {
            let told = changes.iter().map(|of| (field_name(t, &of.field), change(shown(&of.before), shown(&of.after))));
            [(t.audit_account(), name.clone())].into_iter().chain(told).collect()
        }
        Event::AccountsMerged { name, gone, .. } | Event::MergeUndone { name, gone, .. } => {
            vec![(t.audit_account(), name.clone()), (t.audit_merged_with(), gone.clone())]
        }
        Event::DuplicateDismissed { name, other, .. } => vec![(t.audit_account(), name.clone()), (t.audit_merged_with(), other.clone())],
        Event::AccountArchived { name, .. } | Event::AccountBroughtBack { name, .. } => vec![(t.audit_account(), name.clone())],
        Event::AccountsChanged { accounts, set } => {
            let told = set.iter().map(|of| (field_name(t, &of.field), shown(&of.after)));
            [(t.audit_accounts(), locale.integer(accounts.len() as i64))].into_iter().chain(told).collect()
        }
        Event::CustomFieldSet { field, .. } | Event::CustomFieldArchived { field } | Event::CustomFieldBroughtBack { field } => {
            vec![(t.audit_field(), field.label(t.language()).to_owned())]
        }
        Event::FavouriteSet { kind, id, .. } => vec![(kept_name(t, *kind), id.to_string())],
        Event::PersonAdded { .. }
        | Event::PersonChanged { .. }
        | Event::PeopleMerged { .. }
        | Event::PeopleMergeUndone { .. }
        | Event::PersonDuplicateDismissed { .. }
        | Event::PersonArchived { .. }
        | Event::PersonUnarchived { .. }
        | Event::PeopleAdded { .. }
        | Event::EmploymentAdded { .. }
        | Event::EmploymentChanged { .. }
        | Event::JobChanged { .. }
        | Event::NoteAdded { .. }
        | Event::NoteEnded { .. }
        | Event::NotesRead { .. }
        | Event::ContactsUploaded { .. }
        | Event::ContactsPrepared { .. }
        | Event::ContactsImported { .. }
        | Event::ContactsDiscarded { .. }
        | Event::NoticesDismissed { .. } => people::details(t, locale, event),
        Event::CriterionAdded { .. }
        | Event::CriterionChanged { .. }
        | Event::CriterionArchived { .. }
        | Event::ScoringModelSet { .. }
        | Event::ValuationKept { .. }
        | Event::AccountRated { .. }
        | Event::RatingWithdrawn { .. }
        | Event::RatingRoundOpened { .. }
        | Event::RatingRoundRated { .. }
        | Event::RatingRoundClosed { .. } => scoring::scoring(t, locale, event),
        Event::KeyAccountNominated { .. }
        | Event::NominationWithdrawn { .. }
        | Event::KeyAccountDecided { .. }
        | Event::TreatmentsChanged { .. } => scoring::key_accounts(t, locale, event),
        Event::InteractionLogged { .. }
        | Event::InteractionsLogged { .. }
        | Event::InteractionChanged { .. }
        | Event::InteractionArchived { .. }
        | Event::InteractionStepDone { .. }
        | Event::AttachmentsAdded { .. }
        | Event::AttachmentArchived { .. }
        | Event::CadenceRulesSet { .. }
        | Event::CadenceSet { .. } => contacts::details(t, locale, event),
        Event::Exported { what, rows } => {
            vec![(t.audit_export(), names::exported(t, locale, what)), (t.audit_rows(), locale.integer(*rows))]
        }
    }
}

fn list_name(t: &Texts, list: List) -> String {
    match list {
        List::Accounts => t.nav_accounts(),
        List::People => t.audit_people(),
    }
}

fn kept_name(t: &Texts, kind: Kept) -> String {
    match kind {
        Kept::Account => t.audit_account(),
        Kept::Person => t.audit_person(),
    }
}

/// What a field is called; one with a name of its own, as custom fields have, by that name.
pub fn field_name(t: &Texts, field: &str) -> String {
    let (group, own) = field.split_once('.').unwrap_or((field, field));
    t.by_key(&format!("field-{field}")).or_else(|| t.by_key(&format!("field-{group}"))).unwrap_or_else(|| own.to_owned())
}

/// A stored value in one line.
fn shown(value: &Option<String>) -> String {
    let lines = value.as_deref().unwrap_or_default().lines().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(", ")
}

fn change(before: impl AsRef<str>, after: impl AsRef<str>) -> String {
    let [before, after] = [before.as_ref(), after.as_ref()].map(|text| if text.is_empty() { "–" } else { text });
    format!("{before} → {after}")
}

fn import(t: &Texts, id: i64) -> (String, String) {
    (t.audit_import(), id.to_string())
}

fn scope_name(t: &Texts, scope: Scope) -> String {
    t.by_key(&format!("scope-{}", scope.name())).unwrap_or_else(|| scope.name().to_owned())
}

/// The pairs whose values differ, as changes.
fn changed(pairs: impl IntoIterator<Item = (String, String, String)>) -> impl Iterator<Item = (String, String)> {
    pairs.into_iter().filter(|(_, before, after)| before != after).map(|(name, before, after)| (name, change(before, after)))
}

fn user_changes(t: &Texts, before: &UserState, after: &UserState) -> Vec<(String, String)> {
    let yes_no = |yes: bool| if yes { t.web_yes() } else { t.web_no() };
    let mut details = vec![(t.audit_user_label(), before.name.clone())];
    details.extend(changed([
        (t.team_name(), before.name.clone(), after.name.clone()),
        (t.team_role(), role_name(t, before.role), role_name(t, after.role)),
        (t.team_active(), yes_no(before.active), yes_no(after.active)),
        (t.team_unit(), unit_name(t, before.unit_id), unit_name(t, after.unit_id)),
    ]));
    details
}

/// A unit is named by its number where its name then is not known.
fn unit_name(t: &Texts, id: Option<i64>) -> String {
    id.map(|id| t.audit_unit_id(id.to_string())).unwrap_or_default()
}

fn unit_changes(t: &Texts, before: &UnitState, after: &UnitState) -> Vec<(String, String)> {
    let yes_no = |yes: bool| if yes { t.web_yes() } else { t.web_no() };
    let mut details = vec![(t.audit_unit(), before.name.clone())];
    details.extend(changed([
        (t.team_name(), before.name.clone(), after.name.clone()),
        (t.team_unit_parent(), unit_name(t, before.parent), unit_name(t, after.parent)),
        (t.team_unit_archived(), yes_no(before.archived), yes_no(after.archived)),
    ]));
    details
}

/// The account whose team changed, with the KAM before; of many only how many.
fn assigned(t: &Texts, accounts: &[TeamChange]) -> (String, String) {
    match accounts {
        [one] => {
            let before = one.before.as_ref().map(|name| format!(" ({})", t.audit_before_kam(name.as_str()))).unwrap_or_default();
            (t.audit_account(), format!("{}{before}", one.account))
        }
        many => (t.audit_accounts(), t.audit_accounts_count(many.len())),
    }
}

fn settings_changes(t: &Texts, locale: Locale, before: &Settings, after: &Settings) -> Vec<(String, String)> {
    let month = |settings: &Settings| month_name(t, settings.fiscal_start);
    let period = |settings: &Settings| period_name(t, locale, settings.period);
    let percent = |end: fn(Thresholds) -> u8, settings: &Settings| end(settings.thresholds).to_string();
    changed([
        (t.settings_company(), before.company.clone(), after.company.clone()),
        (t.settings_fiscal_start(), month(before), month(after)),
        (t.settings_currency(), before.currency.to_string(), after.currency.to_string()),
        (t.settings_threshold_a(), percent(Thresholds::a, before), percent(Thresholds::a, after)),
        (t.settings_threshold_b(), percent(Thresholds::b, before), percent(Thresholds::b, after)),
        (t.settings_period(), period(before), period(after)),
        (t.settings_visibility(), visibility_name(t, before.visibility), visibility_name(t, after.visibility)),
        (t.settings_level(), level_name(t, before.level), level_name(t, after.level)),
    ])
    .collect()
}

fn rate_details(t: &Texts, locale: Locale, rate: Rate, before: Option<Rate>) -> (String, String) {
    let value = |rate: Rate| locale.quantity(rate.rate);
    let values = before.map_or_else(|| value(rate), |before| change(value(before), value(rate)));
    (t.audit_rate(rate.currency.to_string(), locale.date(rate.from)), values)
}

fn edge_name(t: &Texts, edge: &GroupEdgeState) -> String {
    let relation = t.by_key(&format!("groups-relation-{}", edge.kind)).unwrap_or_default();
    format!("{} {relation} {}", edge.child, edge.parent)
}

fn edge_share(locale: Locale, edge: &GroupEdgeState) -> String {
    edge.share.map(|share| locale.percent(share.part(), 2)).unwrap_or_default()
}

fn edge_days(locale: Locale, edge: &GroupEdgeState) -> String {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| locale.date(day)).unwrap_or_default();
    if edge.from.is_none() && edge.to.is_none() { String::new() } else { format!("{}–{}", day(edge.from), day(edge.to)) }
}

fn edge_details(t: &Texts, locale: Locale, edge: &GroupEdgeState) -> Vec<(String, String)> {
    let all =
        [(t.audit_edge(), edge_name(t, edge)), (t.audit_share(), edge_share(locale, edge)), (t.audit_valid(), edge_days(locale, edge))];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn edge_changes(t: &Texts, locale: Locale, before: &GroupEdgeState, after: &GroupEdgeState) -> Vec<(String, String)> {
    let kept = (before.kind == after.kind).then(|| (t.audit_edge(), edge_name(t, after)));
    let differing = changed([
        (t.audit_edge(), edge_name(t, before), edge_name(t, after)),
        (t.audit_share(), edge_share(locale, before), edge_share(locale, after)),
        (t.audit_valid(), edge_days(locale, before), edge_days(locale, after)),
    ]);
    kept.into_iter().chain(differing).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use kontor_domain::Amount;
    use kontor_domain::settings::Currency;
    use kontor_domain::team::{Language, Role};

    use super::*;

    fn said(language: Language, event: &Event) -> String {
        let details = details(Texts::of(language), Locale::of(language), event);
        details.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" · ")
    }

    #[test]
    fn only_what_changed_is_told() {
        let before = UserState { name: "Jana".into(), role: Role::Viewer, active: true, unit_id: None };
        let event = Event::UserChanged { user_id: 2, before: before.clone(), after: UserState { role: Role::Member, ..before } };
        assert_eq!(said(Language::De, &event), "Benutzer: Jana · Rolle: Leser → Mitarbeiter");
        let event = Event::SettingsChanged {
            before: Box::new(Settings::default()),
            after: Box::new(Settings { company: "Muster".into(), fiscal_start: 7, ..Settings::default() }),
        };
        assert_eq!(said(Language::En, &event), "Company: – → Muster · Fiscal year starts in: January → July");
    }

    #[test]
    fn numbers_and_days_are_written_in_the_readers_format() {
        let from = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day");
        let rate = Rate { from, currency: Currency::from_sign("CHF").expect("a sign"), rate: Amount::from_raw(10_654) };
        assert_eq!(said(Language::De, &Event::RateSet { rate, before: None }), "CHF ab 01.07.2026: 1,0654");
        let booked = Event::ImportBooked { import_id: 3, source: "ERP".into(), files: vec!["a.csv".into(), "b.csv".into()], lines: 12_480 };
        assert_eq!(said(Language::En, &booked), "Import: 3 · Source: ERP · Files: a.csv, b.csv · Lines: 12,480");
    }

    #[test]
    fn a_set_up_link_is_for_no_user() {
        assert_eq!(said(Language::De, &Event::LinkMade { user_id: None }), "Für: Einrichtung");
        assert_eq!(said(Language::De, &Event::LinkMade { user_id: Some(4) }), "Für: Benutzer Nr. 4");
    }
}
