//! What happened: every change of Kontor's records is one of these events.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::custom::CustomField;
use crate::assignment::{Reach, TeamRole};
use crate::cadence::{Interval, Rules};
use crate::group;
use crate::interaction::{Confidentiality, Kind};
use crate::key_account::{self, Decision, Treatments};
use crate::rights::Scope;
use crate::settings::{Rate, Settings};
use crate::stakeholder::LineKind;
use crate::team::{Language, Role};
use crate::view::{Kept, List};

/// One change. Events are only ever appended and name their subject by id and by what it was called then, so they outlive it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the fields say what they are; the variants are documented")]
pub enum Event {
    /// A user was added, by an administrator, the set-up link or the command line.
    UserAdded { user_id: i64, name: String, mail: String, role: Role },
    /// Name, role or activity of a user changed.
    UserChanged { user_id: i64, before: UserState, after: UserState },
    /// A password was set: by the user, or by an administrator for them.
    PasswordSet { user_id: i64, name: String },
    /// A user chose another language.
    LanguageSet { user_id: i64, before: Language, after: Language },
    /// A user chose which columns a list of theirs begins with.
    ColumnsChosen { list: String, columns: Vec<String> },
    /// Somebody signed in.
    SignedIn { user_id: i64, name: String },
    /// Somebody tried to sign in and failed, or was held off after too many tries.
    SignInRefused { mail: String, too_many: bool },
    /// Somebody signed out.
    SignedOut { user_id: i64, name: String },
    /// A single-use link was made: for the set-up, or to sign in as a user.
    LinkMade { user_id: Option<i64> },
    /// An API token was made.
    TokenMade { token_id: i64, name: String, scope: Scope, expires_on: Option<NaiveDate> },
    /// An API token was revoked.
    TokenRevoked { token_id: i64, name: String },
    /// The settings changed.
    SettingsChanged { before: Box<Settings>, after: Box<Settings> },
    /// A currency rate was set; `before` is the rate of the same day, if there was one.
    RateSet { rate: Rate, before: Option<Rate> },
    /// A currency rate was removed.
    RateRemoved { rate: Rate },
    /// Files were uploaded for an import.
    ImportUploaded { import_id: i64, source: String, files: Vec<String> },
    /// Columns or options of an import changed before it was booked.
    ImportPrepared { import_id: i64 },
    /// The check of an import started.
    ImportChecked { import_id: i64 },
    /// An import was booked into the sales ledger.
    ImportBooked { import_id: i64, source: String, files: Vec<String>, lines: u64 },
    /// An import was stopped before booking.
    ImportStopped { import_id: i64, source: String, reasons: Vec<String> },
    /// An import was given up before it was booked.
    ImportDiscarded { import_id: i64 },
    /// A booked import was taken back.
    ImportUndone { import_id: i64, source: String, lines: u64 },
    /// An account was added by hand; the changes are what was typed.
    AccountAdded { account_id: i64, name: String, changes: Vec<FieldChange> },
    /// Fields, numbers or addresses of an account changed.
    AccountChanged { account_id: i64, name: String, changes: Vec<FieldChange> },
    /// An account was put away; it keeps everything and stays findable.
    AccountArchived { account_id: i64, name: String },
    /// An archived account was brought back.
    AccountBroughtBack { account_id: i64, name: String },
    /// The same was changed about several accounts at once; each of them has its own changes in its history.
    AccountsChanged { accounts: Vec<i64>, set: Vec<FieldChange> },
    /// One account became part of another; the changes are those of the one that was kept.
    AccountsMerged { merge_id: i64, account_id: i64, name: String, gone_id: i64, gone: String, changes: Vec<FieldChange> },
    /// Two accounts that were merged are two again.
    MergeUndone { merge_id: i64, account_id: i64, name: String, gone_id: i64, gone: String, changes: Vec<FieldChange> },
    /// Two accounts that looked the same were found to be two.
    DuplicateDismissed { account_id: i64, name: String, other_id: i64, other: String },
    /// One person turned out to be another; the changes are those of the one who was kept.
    PeopleMerged { merge_id: i64, person_id: i64, name: String, gone_id: i64, gone: String, changes: Vec<FieldChange> },
    /// Two people who were merged are two again.
    PeopleMergeUndone { merge_id: i64, person_id: i64, name: String, gone_id: i64, gone: String, changes: Vec<FieldChange> },
    /// Two people who looked the same were found to be two.
    PersonDuplicateDismissed { person_id: i64, name: String, other_id: i64, other: String },
    /// A custom field was added or changed.
    CustomFieldSet { field: CustomField, before: Option<CustomField> },
    /// A custom field is no longer shown; its values are kept.
    CustomFieldArchived { field: CustomField },
    /// A custom field is shown again.
    CustomFieldBroughtBack { field: CustomField },
    /// An edge of a corporate group was entered.
    GroupEdgeAdded { edge: GroupEdgeState },
    /// An edge of a corporate group was corrected or ended.
    GroupEdgeChanged { before: GroupEdgeState, after: GroupEdgeState },
    /// An edge of a corporate group was entered by mistake and taken back.
    GroupEdgeWithdrawn { edge: GroupEdgeState },
    /// A buying decision of an account got a map of its own.
    BuyingDecisionAdded { account_id: i64, decision_id: i64, name: String },
    /// A buying decision was taken or given up.
    BuyingDecisionClosed { account_id: i64, decision_id: i64, name: String },
    /// Somebody was put on a stakeholder map, or stands there otherwise than before.
    StakeholderPlaced { account_id: i64, decision: Option<String>, name: String, changes: Vec<FieldChange> },
    /// Somebody was taken off a stakeholder map.
    StakeholderRemoved { account_id: i64, decision: Option<String>, name: String },
    /// A line of influence or conflict was drawn.
    StakeholderLineDrawn { account_id: i64, kind: LineKind, from: String, to: String },
    /// A line was wiped out.
    StakeholderLineRemoved { account_id: i64, kind: LineKind, from: String, to: String },
    /// What one of us is to one of them, or wants to be, changed.
    RelationshipSet { account_id: i64, user_id: i64, user: String, person_id: i64, person: String, changes: Vec<FieldChange> },
    /// Edges of corporate groups came from a file, with new accounts for names that nobody had.
    GroupsImported { file: String, edges: u64, accounts: u64 },
    /// A view of a list was saved.
    ViewSaved { view_id: i64, list: List, name: String, shared: bool },
    /// A view was removed.
    ViewRemoved { view_id: i64, list: List, name: String },
    /// Somebody keeps a record at hand, or no longer.
    FavouriteSet { kind: Kept, id: i64, on: bool },
    /// A criterion of the valuation was added.
    CriterionAdded { criterion_id: i64, name: String },
    /// A criterion got another definition, and where the model has it, the model a new version.
    CriterionChanged { criterion_id: i64, name: String, version: i64, model_id: Option<i64> },
    /// A criterion is no longer offered, or again.
    CriterionArchived { criterion_id: i64, name: String, archived: bool },
    /// Another model values accounts from now on.
    ScoringModelSet { model_id: i64, note: String, changes: Vec<FieldChange> },
    /// A result of the valuation was kept.
    ValuationKept { run_id: i64, model_id: i64, accounts: u64, note: String },
    /// Somebody rated an account.
    AccountRated { account_id: i64, ratings: Vec<RatingChange> },
    /// A rating was withdrawn.
    RatingWithdrawn { account_id: i64, criterion: String, value: u8 },
    /// A round of ratings was opened.
    RatingRoundOpened { round_id: i64, name: String, due_on: NaiveDate, raters: Vec<String>, accounts: u64 },
    /// Somebody rated accounts in a round.
    RatingRoundRated { round_id: i64, name: String, ratings: Vec<RatingChange> },
    /// A round of ratings was closed.
    RatingRoundClosed { round_id: i64, name: String },
    /// An account was nominated: to become a key account, or to be thought about again as one.
    KeyAccountNominated { nomination_id: i64, account_id: i64, statement: String },
    /// A nomination was taken back before it was decided.
    NominationWithdrawn { nomination_id: i64, account_id: i64 },
    /// It was decided about a key account.
    KeyAccountDecided {
        account_id: i64,
        decision: Decision,
        reason: String,
        manager: Option<String>,
        reach: Option<key_account::Reach>,
        next_review: Option<NaiveDate>,
    },
    /// What each class of accounts gets was set anew.
    TreatmentsChanged { before: Box<Treatments>, after: Box<Treatments> },
    /// An interaction was logged. What was said stands in the record alone, which not everybody may read who reads the log.
    InteractionLogged {
        interaction_id: i64,
        account_id: i64,
        account: String,
        kind: Kind,
        day: NaiveDate,
        confidentiality: Confidentiality,
    },
    /// Many interactions were logged at once.
    InteractionsLogged { interactions: u64, accounts: u64 },
    /// An interaction changed; the values before and after stand in its own history.
    InteractionChanged { interaction_id: i64, account_id: i64, account: String, fields: Vec<String> },
    /// An interaction was archived, or brought back.
    InteractionArchived { interaction_id: i64, account_id: i64, account: String, archived: bool },
    /// The next step of an interaction was done, or is open again.
    InteractionStepDone { interaction_id: i64, account_id: i64, account: String, done: bool },
    /// Files were attached to an interaction.
    AttachmentsAdded { interaction_id: i64, account_id: i64, account: String, attachments: Vec<i64>, bytes: u64 },
    /// A file no longer belongs to an interaction.
    AttachmentArchived { interaction_id: i64, account_id: i64, account: String, attachment_id: i64 },
    /// How often contact should happen changed for the whole company.
    CadenceRulesSet { before: Box<Rules>, after: Box<Rules> },
    /// An account or a person got an interval of its own, or lost it.
    CadenceSet {
        account_id: i64,
        account: String,
        person_id: Option<i64>,
        person: Option<String>,
        before: Option<Interval>,
        after: Option<Interval>,
    },
    /// Accounts or figures were taken out as a file.
    Exported { what: String, rows: u64 },
    /// A unit was added.
    UnitAdded { unit_id: i64, after: UnitState },
    /// Name, place or use of a unit changed.
    UnitChanged { unit_id: i64, before: UnitState, after: UnitState },
    /// A user got a role on one account or on many; `before` names the KAM who had it until then.
    TeamAssigned {
        user_id: i64,
        user: String,
        role: TeamRole,
        reach: Reach,
        from: NaiveDate,
        to: Option<NaiveDate>,
        accounts: Vec<TeamChange>,
    },
    /// What one user looks after went to another, from a day on.
    HandedOver {
        handover_id: i64,
        from_id: i64,
        from: String,
        to_id: i64,
        to: String,
        on: NaiveDate,
        accounts: Vec<TeamChange>,
        roles: u64,
        steps: u64,
    },
    /// A role of a user on an account ends; `to` is its last day.
    TeamEnded { user_id: i64, user: String, role: TeamRole, account_id: i64, account: String, to: NaiveDate },
    /// A person on a customer's side was added.
    PersonAdded { person_id: i64, name: String, account_id: Option<i64> },
    /// Data of a person changed: names, channels, sources.
    PersonChanged { person_id: i64, name: String, changes: Vec<FieldChange> },
    /// A person was put away; nothing is deleted.
    PersonArchived { person_id: i64, name: String, reason: String },
    /// A person that was put away was taken out again.
    PersonUnarchived { person_id: i64, name: String },
    /// Many people were added at once.
    PeopleAdded { source: String, people: u64 },
    /// A person works for an account, or outside of all accounts.
    EmploymentAdded { person_id: i64, name: String, account_id: Option<i64>, company: String },
    /// Function, department, superior or days of an employment changed.
    EmploymentChanged { person_id: i64, name: String, account_id: Option<i64>, company: String, changes: Vec<FieldChange> },
    /// A person changed jobs: the old role ended, a new one began.
    JobChanged { person_id: i64, name: String, from_account: Option<i64>, from: String, to_account: Option<i64>, to: String, on: NaiveDate },
    /// A private note about a person was written; what it says is not told.
    NoteAdded { person_id: i64, name: String, note_id: i64 },
    /// A private note about a person ended.
    NoteEnded { person_id: i64, name: String, note_id: i64 },
    /// Somebody read private notes of others about a person.
    NotesRead { person_id: i64, name: String, notes: Vec<i64> },
    /// A file with contacts was uploaded.
    ContactsUploaded { contact_import_id: i64, file: String, rows: u64 },
    /// What is to become of the rows of a file with contacts was chosen.
    ContactsPrepared { contact_import_id: i64, file: String },
    /// The contacts of a file were taken in.
    ContactsImported { contact_import_id: i64, file: String, added: u64, updated: u64, skipped: u64, rejected: u64 },
    /// A file with contacts was given up.
    ContactsDiscarded { contact_import_id: i64, file: String },
    /// A user put notices away.
    NoticesDismissed { user_id: i64, count: u64 },
}

impl Event {
    /// The stored name of its kind, as in its JSON form.
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// The record it is about, so that the history of one record can be read.
    pub const fn subject(&self) -> Option<Subject> {
        match self {
            Event::UserAdded { user_id, .. } | Event::UserChanged { user_id, .. } | Event::PasswordSet { user_id, .. } => {
                Some(Subject::User(*user_id))
            }
            Event::LanguageSet { user_id, .. } | Event::SignedIn { user_id, .. } | Event::SignedOut { user_id, .. } => {
                Some(Subject::User(*user_id))
            }
            Event::ImportUploaded { import_id, .. }
            | Event::ImportPrepared { import_id }
            | Event::ImportChecked { import_id }
            | Event::ImportBooked { import_id, .. }
            | Event::ImportStopped { import_id, .. }
            | Event::ImportDiscarded { import_id }
            | Event::ImportUndone { import_id, .. } => Some(Subject::Import(*import_id)),
            Event::AccountAdded { account_id, .. }
            | Event::AccountsMerged { account_id, .. }
            | Event::MergeUndone { account_id, .. }
            | Event::DuplicateDismissed { account_id, .. }
            | Event::AccountChanged { account_id, .. }
            | Event::AccountArchived { account_id, .. }
            | Event::AccountBroughtBack { account_id, .. } => Some(Subject::Account(*account_id)),
            Event::TeamEnded { account_id, .. } => Some(Subject::Account(*account_id)),
            // The change of one account's team belongs to its history; one of many accounts is about all of them.
            Event::TeamAssigned { accounts, .. } | Event::HandedOver { accounts, .. } => match accounts.as_slice() {
                [one] => Some(Subject::Account(one.account_id)),
                _ => None,
            },
            Event::BuyingDecisionAdded { account_id, .. }
            | Event::BuyingDecisionClosed { account_id, .. }
            | Event::StakeholderPlaced { account_id, .. }
            | Event::StakeholderRemoved { account_id, .. }
            | Event::StakeholderLineDrawn { account_id, .. }
            | Event::StakeholderLineRemoved { account_id, .. }
            | Event::RelationshipSet { account_id, .. } => Some(Subject::Account(*account_id)),
            Event::GroupEdgeAdded { edge } | Event::GroupEdgeWithdrawn { edge } | Event::GroupEdgeChanged { after: edge, .. } => {
                Some(Subject::Account(edge.child_id))
            }
            Event::PersonAdded { person_id, .. }
            | Event::PersonChanged { person_id, .. }
            | Event::PeopleMerged { person_id, .. }
            | Event::PeopleMergeUndone { person_id, .. }
            | Event::PersonDuplicateDismissed { person_id, .. }
            | Event::PersonArchived { person_id, .. }
            | Event::PersonUnarchived { person_id, .. }
            | Event::EmploymentAdded { person_id, .. }
            | Event::EmploymentChanged { person_id, .. }
            | Event::JobChanged { person_id, .. }
            | Event::NoteAdded { person_id, .. }
            | Event::NoteEnded { person_id, .. }
            | Event::NotesRead { person_id, .. } => Some(Subject::Person(*person_id)),
            Event::NoticesDismissed { user_id, .. } => Some(Subject::User(*user_id)),
            Event::AccountRated { account_id, .. }
            | Event::RatingWithdrawn { account_id, .. }
            | Event::KeyAccountNominated { account_id, .. }
            | Event::NominationWithdrawn { account_id, .. }
            | Event::KeyAccountDecided { account_id, .. } => Some(Subject::Account(*account_id)),
            Event::CriterionAdded { criterion_id, .. }
            | Event::CriterionChanged { criterion_id, .. }
            | Event::CriterionArchived { criterion_id, .. } => Some(Subject::Criterion(*criterion_id)),
            Event::RatingRoundOpened { round_id, .. }
            | Event::RatingRoundRated { round_id, .. }
            | Event::RatingRoundClosed { round_id, .. } => Some(Subject::RatingRound(*round_id)),
            Event::InteractionLogged { interaction_id, .. }
            | Event::InteractionChanged { interaction_id, .. }
            | Event::InteractionArchived { interaction_id, .. }
            | Event::InteractionStepDone { interaction_id, .. }
            | Event::AttachmentsAdded { interaction_id, .. }
            | Event::AttachmentArchived { interaction_id, .. } => Some(Subject::Interaction(*interaction_id)),
            Event::CadenceSet { person_id: Some(person_id), .. } => Some(Subject::Person(*person_id)),
            Event::CadenceSet { account_id, .. } => Some(Subject::Account(*account_id)),
            _ => None,
        }
    }

    /// Which fields of its subject changed.
    pub const fn changes(&self) -> &[FieldChange] {
        match self {
            Event::AccountAdded { changes, .. }
            | Event::AccountChanged { changes, .. }
            | Event::AccountsMerged { changes, .. }
            | Event::MergeUndone { changes, .. }
            | Event::PeopleMerged { changes, .. }
            | Event::PeopleMergeUndone { changes, .. } => changes.as_slice(),
            Event::PersonChanged { changes, .. } | Event::EmploymentChanged { changes, .. } => changes.as_slice(),
            _ => &[],
        }
    }

    /// The account whose timeline it belongs to, if it is about one.
    pub const fn account_id(&self) -> Option<i64> {
        match (self, self.subject()) {
            (_, Some(Subject::Account(id))) => Some(id),
            (
                Event::PersonAdded { account_id, .. }
                | Event::EmploymentAdded { account_id, .. }
                | Event::EmploymentChanged { account_id, .. },
                _,
            ) => *account_id,
            (
                Event::InteractionLogged { account_id, .. }
                | Event::InteractionChanged { account_id, .. }
                | Event::InteractionArchived { account_id, .. }
                | Event::InteractionStepDone { account_id, .. }
                | Event::AttachmentsAdded { account_id, .. }
                | Event::AttachmentArchived { account_id, .. }
                | Event::CadenceSet { account_id, .. },
                _,
            ) => Some(*account_id),
            // One that leaves is news where it leaves; where it arrives, the employment tells.
            (Event::JobChanged { from_account, .. }, _) => *from_account,
            _ => None,
        }
    }
}

/// A record that events are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Subject {
    /// A user.
    User(i64),
    /// An import.
    Import(i64),
    /// An account.
    Account(i64),
    /// A person on a customer's side.
    Person(i64),
    /// An interaction.
    Interaction(i64),
    /// A criterion of the valuation.
    Criterion(i64),
    /// A round of ratings.
    RatingRound(i64),
}

impl Subject {
    /// The stored name of its kind.
    pub fn kind(self) -> &'static str {
        self.into()
    }

    /// The record's id.
    pub const fn id(self) -> i64 {
        match self {
            Subject::User(id) | Subject::Import(id) | Subject::Account(id) | Subject::Person(id) | Subject::Interaction(id) => id,
            Subject::Criterion(id) | Subject::RatingRound(id) => id,
        }
    }
}

/// One field of a record that got another value, as text in its stored form; `None` is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's name, as in forms and in the API.
    pub field: String,
    /// The value until then.
    pub before: Option<String>,
    /// The value from then on.
    pub after: Option<String>,
}

/// An account whose team changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamChange {
    /// The account.
    pub account_id: i64,
    /// What it was called then.
    pub account: String,
    /// Who was its KAM until then, where another one follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
}

/// What of a unit can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitState {
    /// What it is called.
    pub name: String,
    /// The unit above.
    pub parent: Option<i64>,
    /// Whether nobody joins it any more.
    pub archived: bool,
}

/// One rating that was given; `before` is the one it replaces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingChange {
    /// The account.
    pub account_id: i64,
    /// The criterion, by what it was called then.
    pub criterion: String,
    /// The rating until then, 0 to 5.
    pub before: Option<u8>,
    /// The rating from then on.
    pub after: u8,
}

/// What of a user an administrator can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserState {
    /// Display name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether the user may sign in.
    pub active: bool,
    /// The unit the user belongs to.
    #[serde(default)]
    pub unit_id: Option<i64>,
}

/// An edge of a corporate group with the names its ends had then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupEdgeState {
    /// The edge's id.
    pub edge_id: i64,
    /// What ties the two.
    pub kind: group::Kind,
    /// The account that holds, pays or receives.
    pub parent_id: i64,
    /// Its name.
    pub parent: String,
    /// The account that is held, paid for or received for.
    pub child_id: i64,
    /// Its name.
    pub child: String,
    /// The share that is held.
    pub share: Option<group::Share>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_kind_is_the_name_in_the_json_form() {
        let state = UserState { name: "J".into(), role: Role::Member, active: true, unit_id: None };
        let unit = UnitState { name: "North".into(), parent: None, archived: false };
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let rate = Rate { from: day, currency: crate::settings::Currency::EUR, rate: crate::Amount::from_units(1) };
        let settings = Box::new(Settings::default());
        let text = String::new;
        let change = FieldChange { field: "city".into(), before: None, after: Some("Kiel".into()) };
        let kind = crate::account::custom::CustomKind::Text;
        let field = CustomField { key: text(), kind, label_de: text(), label_en: text(), choices: vec![] };
        let edge = GroupEdgeState {
            edge_id: 1,
            kind: group::Kind::Subsidiary,
            parent_id: 1,
            parent: text(),
            child_id: 2,
            child: text(),
            share: Some(group::Share::HALF),
            from: None,
            to: Some(day),
        };
        let events = [
            Event::UserAdded { user_id: 1, name: text(), mail: text(), role: Role::Viewer },
            Event::UserChanged { user_id: 1, before: state.clone(), after: state },
            Event::PasswordSet { user_id: 1, name: text() },
            Event::LanguageSet { user_id: 1, before: Language::De, after: Language::En },
            Event::ColumnsChosen { list: text(), columns: vec![] },
            Event::SignedIn { user_id: 1, name: text() },
            Event::SignInRefused { mail: text(), too_many: false },
            Event::SignedOut { user_id: 1, name: text() },
            Event::LinkMade { user_id: None },
            Event::TokenMade { token_id: 1, name: text(), scope: Scope::Read, expires_on: Some(day) },
            Event::TokenRevoked { token_id: 1, name: text() },
            Event::SettingsChanged { before: settings.clone(), after: settings },
            Event::RateSet { rate, before: None },
            Event::RateRemoved { rate },
            Event::ImportUploaded { import_id: 1, source: text(), files: vec![] },
            Event::ImportPrepared { import_id: 1 },
            Event::ImportChecked { import_id: 1 },
            Event::ImportBooked { import_id: 1, source: text(), files: vec![], lines: 0 },
            Event::ImportStopped { import_id: 1, source: text(), reasons: vec![] },
            Event::ImportDiscarded { import_id: 1 },
            Event::ImportUndone { import_id: 1, source: text(), lines: 0 },
            Event::GroupEdgeAdded { edge: edge.clone() },
            Event::GroupEdgeChanged { before: edge.clone(), after: edge.clone() },
            Event::GroupEdgeWithdrawn { edge },
            Event::BuyingDecisionAdded { account_id: 1, decision_id: 2, name: text() },
            Event::BuyingDecisionClosed { account_id: 1, decision_id: 2, name: text() },
            Event::StakeholderPlaced { account_id: 1, decision: None, name: text(), changes: vec![] },
            Event::StakeholderRemoved { account_id: 1, decision: Some(text()), name: text() },
            Event::StakeholderLineDrawn { account_id: 1, kind: LineKind::Influence, from: text(), to: text() },
            Event::StakeholderLineRemoved { account_id: 1, kind: LineKind::Conflict, from: text(), to: text() },
            Event::RelationshipSet { account_id: 1, user_id: 1, user: text(), person_id: 1, person: text(), changes: vec![] },
            Event::GroupsImported { file: text(), edges: 0, accounts: 0 },
            Event::ViewSaved { view_id: 1, list: List::Accounts, name: text(), shared: false },
            Event::ViewRemoved { view_id: 1, list: List::People, name: text() },
            Event::FavouriteSet { kind: Kept::Account, id: 1, on: true },
            Event::InteractionLogged {
                interaction_id: 1,
                account_id: 2,
                account: text(),
                kind: Kind::Visit,
                day,
                confidentiality: Confidentiality::Team,
            },
            Event::InteractionsLogged { interactions: 2, accounts: 1 },
            Event::InteractionChanged { interaction_id: 1, account_id: 2, account: text(), fields: vec![] },
            Event::InteractionArchived { interaction_id: 1, account_id: 2, account: text(), archived: true },
            Event::InteractionStepDone { interaction_id: 1, account_id: 2, account: text(), done: true },
            Event::AttachmentsAdded { interaction_id: 1, account_id: 2, account: text(), attachments: vec![3], bytes: 5 },
            Event::AttachmentArchived { interaction_id: 1, account_id: 2, account: text(), attachment_id: 3 },
            Event::CadenceRulesSet { before: Box::default(), after: Box::default() },
            Event::CadenceSet {
                account_id: 2,
                account: text(),
                person_id: Some(4),
                person: None,
                before: None,
                after: Interval::new(7, 14),
            },
            Event::AccountAdded { account_id: 1, name: text(), changes: vec![] },
            Event::AccountChanged { account_id: 1, name: text(), changes: vec![change] },
            Event::AccountArchived { account_id: 1, name: text() },
            Event::AccountBroughtBack { account_id: 1, name: text() },
            Event::AccountsChanged { accounts: vec![1], set: vec![] },
            Event::AccountsMerged { merge_id: 1, account_id: 1, name: text(), gone_id: 2, gone: text(), changes: vec![] },
            Event::MergeUndone { merge_id: 1, account_id: 1, name: text(), gone_id: 2, gone: text(), changes: vec![] },
            Event::DuplicateDismissed { account_id: 1, name: text(), other_id: 2, other: text() },
            Event::PeopleMerged { merge_id: 1, person_id: 1, name: text(), gone_id: 2, gone: text(), changes: vec![] },
            Event::PeopleMergeUndone { merge_id: 1, person_id: 1, name: text(), gone_id: 2, gone: text(), changes: vec![] },
            Event::PersonDuplicateDismissed { person_id: 1, name: text(), other_id: 2, other: text() },
            Event::CustomFieldSet { field: field.clone(), before: None },
            Event::CustomFieldArchived { field: field.clone() },
            Event::CustomFieldBroughtBack { field },
            Event::CriterionAdded { criterion_id: 1, name: text() },
            Event::CriterionChanged { criterion_id: 1, name: text(), version: 2, model_id: Some(3) },
            Event::CriterionArchived { criterion_id: 1, name: text(), archived: true },
            Event::ScoringModelSet { model_id: 2, note: text(), changes: vec![] },
            Event::ValuationKept { run_id: 1, model_id: 2, accounts: 400, note: text() },
            Event::AccountRated { account_id: 1, ratings: vec![RatingChange { account_id: 1, criterion: text(), before: None, after: 4 }] },
            Event::RatingWithdrawn { account_id: 1, criterion: text(), value: 3 },
            Event::RatingRoundOpened { round_id: 1, name: text(), due_on: day, raters: vec![], accounts: 5 },
            Event::RatingRoundRated { round_id: 1, name: text(), ratings: vec![] },
            Event::RatingRoundClosed { round_id: 1, name: text() },
            Event::KeyAccountNominated { nomination_id: 1, account_id: 1, statement: text() },
            Event::NominationWithdrawn { nomination_id: 1, account_id: 1 },
            Event::KeyAccountDecided {
                account_id: 1,
                decision: Decision::Declare,
                reason: text(),
                manager: Some(text()),
                reach: Some(key_account::Reach::Group),
                next_review: Some(day),
            },
            Event::TreatmentsChanged { before: Box::default(), after: Box::default() },
            Event::Exported { what: text(), rows: 0 },
            Event::UnitAdded { unit_id: 1, after: unit.clone() },
            Event::UnitChanged { unit_id: 1, before: unit.clone(), after: unit },
            Event::TeamAssigned {
                user_id: 1,
                user: text(),
                role: TeamRole::Kam,
                reach: Reach::Account,
                from: day,
                to: None,
                accounts: vec![],
            },
            Event::HandedOver {
                handover_id: 1,
                from_id: 1,
                from: text(),
                to_id: 2,
                to: text(),
                on: day,
                accounts: vec![],
                roles: 0,
                steps: 0,
            },
            Event::TeamEnded { user_id: 1, user: text(), role: TeamRole::Kam, account_id: 1, account: text(), to: day },
            Event::PersonAdded { person_id: 1, name: text(), account_id: Some(2) },
            Event::PersonChanged { person_id: 1, name: text(), changes: vec![] },
            Event::PersonArchived { person_id: 1, name: text(), reason: text() },
            Event::PersonUnarchived { person_id: 1, name: text() },
            Event::PeopleAdded { source: text(), people: 1 },
            Event::EmploymentAdded { person_id: 1, name: text(), account_id: None, company: text() },
            Event::EmploymentChanged { person_id: 1, name: text(), account_id: Some(2), company: text(), changes: vec![] },
            Event::JobChanged { person_id: 1, name: text(), from_account: Some(2), from: text(), to_account: None, to: text(), on: day },
            Event::NoteAdded { person_id: 1, name: text(), note_id: 1 },
            Event::NoteEnded { person_id: 1, name: text(), note_id: 1 },
            Event::NotesRead { person_id: 1, name: text(), notes: vec![1] },
            Event::ContactsUploaded { contact_import_id: 1, file: text(), rows: 1 },
            Event::ContactsPrepared { contact_import_id: 1, file: text() },
            Event::ContactsImported { contact_import_id: 1, file: text(), added: 1, updated: 0, skipped: 0, rejected: 0 },
            Event::ContactsDiscarded { contact_import_id: 1, file: text() },
            Event::NoticesDismissed { user_id: 1, count: 1 },
        ];
        for event in events {
            let json = serde_json::to_value(&event).expect("events are plain data");
            assert_eq!(json["event"], event.kind());
            assert_eq!(serde_json::from_value::<Event>(json).expect("reads back"), event);
        }
    }
}
