//! Why one account is a key account, or not: the decision in force, the score behind it, what it is owed, and everything that was said before.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate};
use kontor_domain::assignment::TeamRole;
use kontor_domain::group::Level;
use kontor_domain::interaction::Kind;
use kontor_domain::key_account::{Decision, Reach, Treated, Treatments};
use kontor_domain::rights::Right;
use maud::{Markup, html};

use super::{contact_name, decision_name, reach_name, treated_name};
use crate::accounts::pages::{Part, frame, name};
use crate::assignments::actions::{Team, team};
use crate::fault::{Fault, FieldError};
use crate::interactions::actions::{Count, counts};
use crate::key_accounts::actions::{self, Standing};
use crate::key_accounts::forms::{NominationForm, RulingForm};
use crate::key_accounts::store::{Decided, Nomination, Snapshot};
use crate::office::Office;
use crate::scoring::actions as scoring;
use crate::scoring::pages::{explained, parts};
use crate::scoring::table::Table;
use crate::team::store::User;
use crate::web::components::{Field, Figure, Input, button, error_summary_within, figures, post_button, section};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::url;

/// What the page shows.
struct View<'a> {
    page: &'a Page,
    standing: Standing,
    table: Option<Arc<Table>>,
    treatments: Treatments,
    team: Team,
    contacts: Vec<Count>,
    managers: Vec<User>,
    today: NaiveDate,
}

/// The forms as they are shown: as typed, with what is wrong.
#[derive(Default)]
struct Forms {
    nomination: NominationForm,
    ruling: RulingForm,
    nomination_errors: Vec<FieldError>,
    ruling_errors: Vec<FieldError>,
}

async fn load<'a>(office: &Office, page: &'a Page, id: i64) -> Result<View<'a>, Fault> {
    let viewer = &page.viewer;
    let may_decide = viewer.may(Right::DecideKeyAccounts);
    Ok(View {
        page,
        standing: actions::standing(office, viewer, id).await?,
        table: scoring::present(office, viewer, &page.settings, Level::Account).await?,
        treatments: actions::treatments(office, viewer).await?,
        team: team(office, viewer, id, office.today()).await?,
        contacts: counts(office, viewer, Some(&[id]), office.today() - Days::new(365), office.today()).await?,
        managers: if may_decide { actions::managers(office, viewer).await? } else { Vec::new() },
        today: office.today(),
    })
}

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let view = load(&office, &page, id).await?;
    let forms = Forms { ruling: view.opening(), ..Forms::default() };
    Ok(page.render(&view.title(), view.main(&forms)))
}

pub(super) async fn nominate(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<NominationForm>,
) -> Result<Response, Fault> {
    let nominated = match form.parse() {
        Ok(statement) => actions::nominate(&office, &page.viewer, &page.settings, id, statement).await.map(|_| ()),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match nominated {
        Ok(()) => back(&page, id, page.t().key_nominated()).await,
        Err(Fault::Invalid(nomination_errors)) => {
            let view = load(&office, &page, id).await?;
            let forms = Forms { nomination: form, ruling: view.opening(), nomination_errors, ..Forms::default() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&view.title(), view.main(&forms))).into_response())
        }
        Err(fault) => Err(fault),
    }
}

pub(super) async fn withdraw(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Response, Fault> {
    let account_id = actions::withdraw(&office, &page.viewer, id).await?;
    back(&page, account_id, page.t().key_withdrawn()).await
}

pub(super) async fn decide(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<RulingForm>,
) -> Result<Response, Fault> {
    let decided = match form.parse(page.locale(), office.today()) {
        Ok(ruling) => actions::decide(&office, &page.viewer, &page.settings, id, ruling).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match decided {
        Ok(()) => back(&page, id, page.t().key_decided()).await,
        Err(Fault::Invalid(ruling_errors)) => {
            let view = load(&office, &page, id).await?;
            let forms = Forms { ruling: form, ruling_errors, ..Forms::default() };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page.render(&view.title(), view.main(&forms))).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn back(page: &Page, account_id: i64, message: String) -> Result<Response, Fault> {
    page.flash(Flash::done(message)).await?;
    Ok(Redirect::to(&url::account_standing(account_id)).into_response())
}

impl View<'_> {
    fn title(&self) -> String {
        self.page.t().key_title(name(&self.standing.account))
    }

    /// The decision form as it opens: with what holds now.
    fn opening(&self) -> RulingForm {
        let locale = self.page.locale();
        let in_force = self.standing.in_force().map(|decided| &decided.ruling);
        let manager = in_force.and_then(|ruling| ruling.manager_id).or_else(|| self.team.kam().map(|member| member.assignment.user_id));
        let decision = if self.standing.is_key_account() { Decision::Keep } else { Decision::Declare };
        let review = self.treatments.key.review_months.unwrap_or(12);
        let next = self.today.checked_add_months(chrono::Months::new(review));
        RulingForm {
            decision: decision.name().to_owned(),
            decided_on: locale.date(self.today),
            manager: manager.map(|id| id.to_string()).unwrap_or_default(),
            reach: in_force.and_then(|ruling| ruling.reach).unwrap_or(Reach::National).name().to_owned(),
            next_review: next.map(|day| locale.date(day)).unwrap_or_default(),
            ..RulingForm::default()
        }
    }

    fn main(&self, forms: &Forms) -> Markup {
        let (page, t) = (self.page, self.page.t());
        let place = self.place();
        let class = place.and_then(|(table, index)| table.rows[index].class);
        let actions = html! {
            a.button href=(url::account_valuation(self.standing.account.id)) { (t.accounts_part_valuation()) }
            button.button type="button" data-print { (t.web_print()) }
        };
        html! {
            (frame(page, &self.standing.account, Part::Valuation, actions))
            (self.key_figures())
            div.columns {
                (self.why())
                (self.owed(class))
                @if let Some((table, index)) = place { (section(12, &t.scoring_where_from(), "", explained(page, table, index))) }
                @if !(self.standing.decisions.is_empty() && self.standing.nominations.is_empty()) { (section(12, &t.key_history(), "", self.history())) }
                (self.forms(forms))
            }
        }
    }

    fn place(&self) -> Option<(&Table, usize)> {
        let table = self.table.as_ref()?;
        Some((table, table.find(self.standing.account.id)?))
    }

    fn key_figures(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let in_force = self.standing.in_force();
        let row = self.place().map(|(table, index)| &table.rows[index]);
        let status = if self.standing.is_key_account() { t.web_yes() } else { t.web_no() };
        let since = self.standing.since().map(|since| t.key_since_day(locale.date(since))).unwrap_or_else(|| self.open_note());
        let then = in_force.map(|decided| t.key_score_then(parts::score_text(locale, decided.snapshot.score)));
        let review = in_force.and_then(|decided| decided.ruling.next_review);
        let dash = || "–".to_owned();
        let days = review.map(|review| (review - self.today).num_days());
        figures(&[
            Figure::new(t.web_key_account(), status, since),
            Figure::new(t.scoring_score(), parts::score_text(locale, row.and_then(|row| row.scored.score)), then.unwrap_or_default()),
            Figure::new(
                t.key_manager(),
                in_force.and_then(|decided| decided.manager_name.clone()).unwrap_or_else(dash),
                in_force.and_then(|decided| decided.ruling.reach).map(|reach| reach_name(t, reach)).unwrap_or_default(),
            ),
            Figure::new(
                t.key_next_review(),
                review.map_or_else(dash, |review| locale.date(review)),
                days.map(|days| if days <= 0 { t.key_due() } else { t.key_in_days(days) }).unwrap_or_default(),
            )
            .warning(days.is_some_and(|days| days <= 0)),
        ])
    }

    fn open_note(&self) -> String {
        if self.standing.open().is_some() { self.page.t().key_waits() } else { String::new() }
    }

    /// The reason in force, and the nomination that waits.
    fn why(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let last = self.standing.in_force().or_else(|| self.standing.decisions.first());
        let title = if self.standing.is_key_account() { t.key_why() } else { t.key_why_not() };
        section(
            6,
            &title,
            "",
            html! {
                @match last {
                    Some(decided) => {
                        p.reason { (decided.ruling.reason) }
                        p.quiet { (decision_name(t, decided.ruling.decision)) ", " (decided.decided_by_name) ", " (locale.date(decided.ruling.decided_on)) }
                    }
                    None => p.quiet { (t.key_never()) },
                }
                @if let Some(open) = self.standing.open() {
                    h3 { (if open.is_review { t.key_review_open() } else { t.key_nomination_open() }) }
                    p.reason { (open.statement) }
                    p.quiet { (t.key_nominated_by(open.nominated_by_name.as_str(), locale.instant(open.nominated_at))) " · " (self.snapshot(&open.snapshot)) }
                    @if open.nominated_by == self.page.viewer.user_id || self.page.viewer.may(Right::DecideKeyAccounts) {
                        @if self.page.viewer.may(Right::Nominate) {
                            p.actions { (post_button(&format!("/nominations/{}/withdraw", open.id), &t.key_withdraw(), "button", Some(&t.key_withdraw_sure()))) }
                        }
                    }
                }
            },
        )
    }

    /// What the valuation said then.
    fn snapshot(&self, snapshot: &Snapshot) -> String {
        let (t, locale) = (self.page.t(), self.page.locale());
        let class = snapshot.class.map_or_else(|| "–".to_owned(), |class| class.to_string());
        t.key_snapshot(parts::score_text(locale, snapshot.score), locale.percent(snapshot.coverage, 0), class, snapshot.model_id)
    }

    /// What the class of the account is owed, and what of it was done, as far as there are records.
    fn owed(&self, class: Option<kontor_domain::abc::Class>) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let treated = Treated::of(self.page.context.marks.of(self.standing.account.id).is_some(), class);
        let treatment = self.treatments.of(treated);
        let sponsor: Vec<&str> = self
            .team
            .now
            .iter()
            .filter(|member| member.assignment.role == TeamRole::ExecutiveSponsor)
            .map(|member| member.name.as_str())
            .collect();
        let row = |name: String, owed: String, done: Markup| html! { tr { td.name { (name) } td.name data-label=(t.key_owed_column()) { (owed) } td.wrap data-label=(t.key_done_column()) { (done) } } };
        // What nothing here keeps a record of is only said to be owed.
        let untold = || html! { span.quiet { "–" } };
        let sponsor_done = html! {
            @if !sponsor.is_empty() { (sponsor.join(", ")) }
            @else if treatment.executive_sponsor { span.warn { (t.key_sponsor_missing()) } " " a href=(url::account_team(self.standing.account.id)) { (t.accounts_part_team()) } }
            @else { "–" }
        };
        let months = treatment.review_months.map_or_else(|| t.key_none_owed(), |months| t.key_every_months(months));
        let gifts = treatment
            .gift_budget
            .map_or_else(|| t.key_none_owed(), |budget| t.key_a_year(locale.money(budget, self.page.settings.currency)));
        // Without invoices in the period there is no class; such an account gets what a C account gets.
        let title = match (treated, class) {
            (Treated::C, None) => t.key_owed_without_class(),
            _ => t.key_owed(treated_name(t, treated)),
        };
        section(
            6,
            &title,
            html! { a href=(url::TREATMENTS) { (t.key_treatments()) } },
            html! {
                div.scroll { table.table.table--words {
                    thead { tr { th {} th { (t.key_owed_column()) } th { (t.key_done_column()) } } }
                    tbody {
                        (row(t.key_contact(), contact_name(t, treatment.contact), self.contacts()))
                        (row(t.key_sponsor(), if treatment.executive_sponsor { t.web_yes() } else { t.web_no() }, sponsor_done))
                        (row(t.key_business_review(), months, untold()))
                        (row(t.key_gifts(), gifts, untold()))
                        @if !treatment.service_level.is_empty() { (row(t.key_service(), treatment.service_level.clone(), untold())) }
                    }
                } }
            },
        )
    }

    /// How often there was contact of which kind within a year.
    fn contacts(&self) -> Markup {
        let t = self.page.t();
        let counted = |count: &Count| match count.kind {
            Kind::Visit => t.key_visits(count.interactions),
            Kind::Call => t.key_calls(count.interactions),
            Kind::Video => t.key_videos(count.interactions),
            Kind::Mail => t.key_mails(count.interactions),
            Kind::Event => t.key_events(count.interactions),
        };
        let contacts: Vec<String> = self.contacts.iter().filter(|count| count.interactions > 0).map(counted).collect();
        html! { @if contacts.is_empty() { span.quiet { (t.key_no_contact()) } } @else { (t.key_contacts(contacts.join(", "))) } }
    }

    /// Everything that was said and decided, the newest first.
    fn history(&self) -> Markup {
        let (t, locale) = (self.page.t(), self.page.locale());
        let decision = |decided: &Decided| {
            let ruling = &decided.ruling;
            let facts = [
                decided.manager_name.clone(),
                ruling.reach.map(|reach| reach_name(t, reach)),
                ruling.next_review.map(|review| t.key_review_on(locale.date(review))),
                Some(self.snapshot(&decided.snapshot)),
            ];
            html! { li {
                span { strong { (decision_name(t, ruling.decision)) } " " span.quiet { (locale.date(ruling.decided_on)) ", " (decided.decided_by_name) } }
                span.why { (ruling.reason) " " span.quiet { (facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")) } }
            } }
        };
        let nomination = |nomination: &Nomination| {
            html! { li {
                span {
                    (if nomination.is_review { t.key_put_up() } else { t.key_proposed() }) " "
                    span.quiet { (locale.instant(nomination.nominated_at)) ", " (nomination.nominated_by_name) }
                    @if nomination.withdrawn_at.is_some() { " " span.badge { (t.key_taken_back()) } }
                }
                span.why { (nomination.statement) " " span.quiet { (self.snapshot(&nomination.snapshot)) } }
            } }
        };
        let (decisions, nominations) = (&self.standing.decisions, &self.standing.nominations);
        // A decision stands above the nomination it answers; nominations without one stand where they were made.
        let answered = |id: i64| decisions.iter().any(|decided| decided.nomination_id == Some(id));
        html! {
            ul.list {
                @for open in nominations.iter().filter(|nomination| !answered(nomination.id)) { (nomination(open)) }
                @for decided in decisions {
                    (decision(decided))
                    @if let Some(found) = nominations.iter().find(|nomination| Some(nomination.id) == decided.nomination_id) { (nomination(found)) }
                }
            }
        }
    }

    fn forms(&self, forms: &Forms) -> Markup {
        let (t, viewer) = (self.page.t(), &self.page.viewer);
        let (is_key, is_open) = (self.standing.is_key_account(), self.standing.open().is_some());
        html! {
            @if viewer.may(Right::Nominate) && !is_open {
                (section(6, &if is_key { t.key_review_it() } else { t.key_nominate() }, "", html! { div #nominate { (self.nomination_form(forms)) } }))
            }
            @if viewer.may(Right::DecideKeyAccounts) && (is_open || is_key) { (section(6, &t.key_decide(), "", self.ruling_form(forms, is_key))) }
        }
    }

    fn nomination_form(&self, forms: &Forms) -> Markup {
        let t = self.page.t();
        let statement = Field::new("statement", t.key_statement(), Input::Area).within("nomination").value(&forms.nomination.statement);
        html! {
            (error_summary_within(t, "nomination", &forms.nomination_errors))
            form.form method="post" action=(format!("/accounts/{}/nominations", self.standing.account.id)) {
                (statement.hint(t.key_statement_hint()).required().errors(&forms.nomination_errors).show(t))
                div.actions { (button(&t.key_nominate_do())) }
            }
        }
    }

    fn ruling_form(&self, forms: &Forms, is_key: bool) -> Markup {
        let (t, form, errors) = (self.page.t(), &forms.ruling, &forms.ruling_errors);
        let choices = |names: Vec<(String, String)>| std::iter::once((String::new(), "–".to_owned())).chain(names).collect::<Vec<_>>();
        let decisions: Vec<(String, String)> = Decision::ALL
            .iter()
            .filter(|decision| decision.fits(is_key))
            .map(|&decision| (decision.name().to_owned(), decision_name(t, decision)))
            .collect();
        let managers = choices(self.managers.iter().map(|user| (user.id.to_string(), user.name.clone())).collect());
        let reaches: Vec<(String, String)> = Reach::ALL.iter().map(|&reach| (reach.name().to_owned(), reach_name(t, reach))).collect();
        let field = |name: &'static str, label: String, input| Field::new(name, label, input).within("ruling").errors(errors);
        html! {
            (error_summary_within(t, "ruling", errors))
            form.form method="post" action=(url::account_standing(self.standing.account.id)) {
                (field("decision", t.key_decision(), Input::Select(&decisions)).value(&form.decision).show(t))
                (field("reason", t.key_reason(), Input::Area).value(&form.reason).required().show(t))
                (field("decided_on", t.key_decided_on(), Input::Day).value(&form.decided_on).show(t))
                (field("manager", t.key_manager(), Input::Select(&managers)).value(&form.manager).hint(t.key_manager_hint()).show(t))
                (field("reach", t.key_reach(), Input::Select(&reaches)).value(&form.reach).show(t))
                (field("next_review", t.key_next_review(), Input::Day).value(&form.next_review).show(t))
                div.actions { (button(&t.key_decide_do())) }
            }
        }
    }
}
