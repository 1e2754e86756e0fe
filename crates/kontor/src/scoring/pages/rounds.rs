//! Rounds of ratings: the list, opening one, how far it is, and the table in which one rates.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::rights::Right;
use kontor_domain::scoring::criterion::Kind;
use maud::{Markup, html};

use crate::accounts::directory::Directory;
use crate::accounts::pages::name;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::scoring::actions::criteria;
use crate::scoring::forms::{Typed, usual_review};
use crate::scoring::rounds::actions::{self, Progress};
use crate::scoring::rounds::forms::{Selection, parse_round, parse_table};
use crate::scoring::store::{Rating, StoredCriterion, ratings_by};
use crate::team::store::User;
use crate::valuation::actions::accounts;
use crate::valuation::pages::frame;
use crate::web::components::{
    Field, Input, button, empty_state, error_summary, headline, link_button, notice, post_button, section, share_bar,
};
use crate::web::context::{Form, Page, Path};
use crate::web::layout::Flash;
use crate::web::texts::Texts;
use crate::web::url;

pub(super) async fn index(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let (t, locale) = (page.t(), page.locale());
    let rounds = actions::list(&office, &page.viewer).await?;
    let open =
        html! { @if page.viewer.may(Right::DefineScoring) { (link_button("/valuation/rounds/new", &t.scoring_round_open(), true)) } };
    let main = html! {
        @if rounds.is_empty() {
            (headline(&[], t.valuation_tab_rounds(), "", ""))
            (frame::sections(&page, url::ROUNDS))
            (empty_state(&t.scoring_rounds_none(), &t.scoring_rounds_text(), open))
        } @else {
            (headline(&[], t.scoring_rounds(rounds.iter().filter(|(round, _)| round.closed_at.is_none()).count()), t.scoring_rounds_text(), open))
            (frame::sections(&page, url::ROUNDS))
            div.scroll { table.table.table--words {
                thead { tr { th { (t.scoring_round()) } th { (t.scoring_due()) } th { (t.scoring_state()) } th { (t.scoring_opened_by()) } th {} } }
                tbody { @for (round, own) in &rounds { tr {
                    td { a href=(url::round(round.id)) { (round.name) } }
                    td data-label=(t.scoring_due()) { (locale.date(round.due_on)) }
                    td { (state(t, round.closed_at.is_some(), round.due_on < office.today())) }
                    td { (round.opened_by_name) }
                    td.num { @if *own > 0 && round.closed_at.is_none() && page.viewer.may(Right::Rate) { a href={ (url::round(round.id)) "/rate" } { (t.scoring_rate_own(*own)) } } }
                } } }
            } }
        }
    };
    Ok(page.render(&t.valuation_tab_rounds(), main))
}

fn state(t: &Texts, is_closed: bool, is_late: bool) -> Markup {
    html! {
        @if is_closed { span.badge { (t.scoring_round_state_closed()) } }
        @else if is_late { span.badge."badge--warn" { (t.scoring_stale()) } }
        @else { span.badge."badge--key" { (t.scoring_round_state_open()) } }
    }
}

pub(super) async fn new(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let mut form = Typed::default();
    form.set("due_on", page.locale().date(office.today() + chrono::Days::new(14)));
    form.set("selection", Selection::Ab.name());
    form.set("accounts", "30");
    new_page(&office, &page, &form, &[]).await
}

pub(super) async fn open(State(office): State<Office>, page: Page, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let opened = match parse_round(&form, page.locale(), office.today()) {
        Ok(round) => actions::open(&office, &page.viewer, &page.settings, round).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match opened {
        Ok(id) => {
            page.flash(Flash::done(page.t().scoring_round_opened())).await?;
            Ok(Redirect::to(&url::round(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, new_page(&office, &page, &form, &errors).await?).into_response())
        }
        Err(fault) => Err(fault),
    }
}

async fn new_page(office: &Office, page: &Page, form: &Typed, errors: &[FieldError]) -> Result<Markup, Fault> {
    let t = page.t();
    let raters: Vec<User> = actions::possible_raters(office, &page.viewer).await?;
    let mut criteria: Vec<StoredCriterion> = criteria(office, &page.viewer).await?;
    criteria.retain(|known| known.criterion.kind.is_rated() && !known.is_archived);
    let selections: Vec<(String, String)> =
        Selection::ALL.iter().map(|&selection| (selection.name().to_owned(), selection_name(t, selection))).collect();
    let field = |name: &'static str, label: String, input| Field::new(name, label, input).value(form.get(name)).errors(errors);
    let boxes = |id: &'static str, legend: String, choices: Vec<(String, String)>| {
        html! {
            fieldset.choices #{ "field-" (id) } { legend { (legend) } @for (name, label) in &choices {
                label { input type="checkbox" name=(name) value="on" checked[!form.get(name).is_empty()]; (label) }
            } }
        }
    };
    let rater_boxes = raters.iter().map(|user| (format!("rater.{}", user.id), user.name.clone())).collect();
    let criterion_boxes = criteria
        .iter()
        .map(|known| (format!("criterion.{}", known.id), known.criterion.name.in_language(t.language()).to_owned()))
        .collect();
    let main = html! {
        (headline(&[(url::ROUNDS, &t.valuation_tab_rounds())], t.scoring_round_open(), t.scoring_round_open_sub(), ""))
        (error_summary(t, errors))
        form.form method="post" action=(url::ROUNDS) {
            (field("name", t.scoring_round_name(), Input::Text("text")).required().show(t))
            (field("due_on", t.scoring_due(), Input::Day).required().show(t))
            (field("selection", t.scoring_selection(), Input::Select(&selections)).show(t))
            (field("accounts", t.scoring_accounts_max(), Input::Short).required().show(t))
            (boxes("raters", t.scoring_raters_legend(), rater_boxes))
            (field("own_only", t.scoring_own_only(), Input::Checkbox).show(t))
            (boxes("criteria", t.scoring_criteria_legend(), criterion_boxes))
            div.actions { (button(&t.scoring_round_open_do())) }
        }
    };
    Ok(page.render(&t.scoring_round_open(), main))
}

fn selection_name(t: &Texts, selection: Selection) -> String {
    t.by_key(&format!("scoring-selection-{}", selection.name())).unwrap_or_else(|| selection.name().to_owned())
}

pub(super) async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let (t, locale) = (page.t(), page.locale());
    let progress = actions::show(&office, &page.viewer, id).await?;
    let (round, is_closed) = (&progress.round, progress.round.closed_at.is_some());
    let (all, given) = progress.raters.iter().map(|(id, _)| progress.of(*id)).fold((0, 0), |(all, given), of| (all + of.0, given + of.1));
    let own = progress.accounts_of(page.viewer.user_id).len();
    let doing = html! {
        @if own > 0 && !is_closed && page.viewer.may(Right::Rate) { (link_button(&format!("{}/rate", url::round(id)), &t.scoring_rate_own(own), true)) }
        @if !is_closed && page.viewer.may(Right::DefineScoring) { (post_button(&format!("{}/close", url::round(id)), &t.scoring_round_close(), "button", Some(&t.scoring_round_close_sure()))) }
    };
    let sub = html! { (t.scoring_round_sub(locale.date(round.due_on), round.opened_by_name.as_str())) " " (state(t, is_closed, round.due_on < office.today())) };
    let main = html! {
        (headline(&[(url::ROUNDS, &t.valuation_tab_rounds())], round.name.as_str(), sub, doing))
        (frame::sections(&page, url::ROUNDS))
        div.columns {
            (section(8, &t.scoring_round_progress(given, all), "", html! {
                div.scroll { table.table {
                    thead { tr { th { (t.scoring_rater()) } th.num { (t.nav_accounts()) } th.num { (t.scoring_given_count()) } th {} } }
                    tbody { @for (id, name) in &progress.raters {
                        @let (all, given) = progress.of(*id);
                        tr {
                            td { (name) }
                            td.num { (locale.integer(progress.accounts_of(*id).len() as i64)) }
                            td.num { (t.scoring_given_of(given, all)) }
                            td { (share_bar(if all == 0 { 0.0 } else { given as f64 / all as f64 })) }
                        }
                    } }
                } }
            }))
            (section(4, &t.scoring_criteria_legend(), "", html! {
                ul.list { @for known in &progress.criteria { li { a href=(url::criterion(known.id)) { (known.criterion.name.in_language(t.language())) } } } }
            }))
        }
    };
    Ok(page.render(&round.name, main))
}

pub(super) async fn close(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Redirect, Fault> {
    actions::close(&office, &page.viewer, id).await?;
    page.flash(Flash::done(page.t().scoring_round_closed_done())).await?;
    Ok(Redirect::to(&url::round(id)))
}

pub(super) async fn table(State(office): State<Office>, page: Page, Path(id): Path<i64>) -> Result<Markup, Fault> {
    let progress = actions::show(&office, &page.viewer, id).await?;
    let mut form = Typed::default();
    for rating in progress.ratings.iter().filter(|rating| rating.rater_id == page.viewer.user_id) {
        form.set(format!("r.{}.{}", rating.account_id, rating.criterion_id), rating.value);
        form.set(format!("evidence.{}", rating.account_id), &rating.evidence);
    }
    form.set("review", page.locale().date(usual_review(office.today())));
    table_page(&office, &page, &progress, &form, &[]).await
}

pub(super) async fn rate(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let form = Typed::posted(fields);
    let progress = actions::show(&office, &page.viewer, id).await?;
    let cells: Vec<(i64, i64)> = progress
        .accounts_of(page.viewer.user_id)
        .into_iter()
        .flat_map(|account_id| progress.criteria.iter().map(move |known| (account_id, known.id)))
        .collect();
    let rated = match parse_table(&form, &cells, page.locale(), office.today()) {
        Ok(ratings) => actions::rate(&office, &page.viewer, id, ratings).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match rated {
        Ok(()) => {
            page.flash(Flash::done(page.t().scoring_rated())).await?;
            Ok(Redirect::to(&url::round(id)).into_response())
        }
        Err(Fault::Invalid(errors)) => {
            let body = table_page(&office, &page, &progress, &form, &errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response())
        }
        Err(fault) => Err(fault),
    }
}

/// The table: a row per account, a column per criterion; what the viewer rated before stands in pale.
async fn table_page(office: &Office, page: &Page, progress: &Progress, form: &Typed, errors: &[FieldError]) -> Result<Markup, Fault> {
    let t = page.t();
    let directory = accounts(office, &page.viewer).await?;
    let own = progress.accounts_of(page.viewer.user_id);
    let before = ratings_by(office.db.read(), &page.viewer, page.viewer.user_id, &own).await?;
    let main = html! {
        (headline(&[(url::ROUNDS, &t.valuation_tab_rounds()), (&url::round(progress.round.id), progress.round.name.as_str())], t.scoring_rate_title(), t.scoring_rate_keys(), ""))
        @if own.is_empty() { (notice("info", html! { p { (t.scoring_rate_nobody()) } })) }
        @else {
            (error_summary(t, errors))
            form.stack method="post" action={ (url::round(progress.round.id)) "/rate" } {
                (grid(page, progress, &directory, &own, &before, form, errors))
                div.form { (Field::new("review", t.scoring_review(), Input::Day).value(form.get("review")).errors(errors).show(t)) }
                div.actions { (button(&t.scoring_rate_save())) }
            }
            (meanings(t, &progress.criteria))
        }
    };
    Ok(page.render(&progress.round.name, main))
}

fn grid(
    page: &Page,
    progress: &Progress,
    directory: &Directory,
    own: &[i64],
    before: &[Rating],
    form: &Typed,
    errors: &[FieldError],
) -> Markup {
    let t = page.t();
    let account = |id: i64| directory.place_of(id).map_or("–", |place| name(&directory.accounts()[place]));
    let known = |account_id: i64, criterion_id: i64| {
        let found = before.iter().find(|rating| (rating.account_id, rating.criterion_id) == (account_id, criterion_id));
        found.map(|rating| rating.value.to_string())
    };
    html! {
        div.scroll { table.table.table--form.grid #field-ratings data-grid {
            thead { tr {
                th.pin { (t.valuation_account()) }
                @for known in &progress.criteria { th { (known.criterion.name.in_language(t.language())) } }
                th { (t.scoring_evidence()) }
            } }
            tbody { @for &account_id in own { tr {
                td.pin.name { a href=(url::account_valuation(account_id)) tabindex="-1" { (account(account_id)) } }
                @for criterion in &progress.criteria {
                    @let cell = format!("r.{account_id}.{}", criterion.id);
                    @let invalid = errors.iter().any(|error| error.field == cell).then_some("true");
                    @let highest = if matches!(criterion.criterion.kind, Kind::YesNo { .. }) { "yes" } else { "five" };
                    td { input.short #{ "field-" (cell) } type="text" inputmode="numeric" maxlength="1" autocomplete="off" name=(cell) value=(form.get(&cell))
                        placeholder=[known(account_id, criterion.id)] data-cell=(highest) aria-invalid=[invalid]
                        aria-label={ (account(account_id)) ": " (criterion.criterion.name.in_language(t.language())) }; }
                }
                td.wrap { input #{ "field-evidence." (account_id) } type="text" name={ "evidence." (account_id) } value=(form.get(&format!("evidence.{account_id}"))) aria-label={ (account(account_id)) ": " (t.scoring_evidence()) }; }
            } } }
        } }
    }
}

/// What the steps of each criterion mean, below the table.
fn meanings(t: &Texts, criteria: &[StoredCriterion]) -> Markup {
    html! {
        details.figures-table open { summary { (t.scoring_steps()) }
            div.form--grid { @for known in criteria { div {
                h3 { (known.criterion.name.in_language(t.language())) }
                dl.facts.scale { @for step in (0..=5_u8).filter(|step| known.criterion.kind.takes(*step)) {
                    dt { (step) } dd { (known.criterion.kind.anchor(step).map(|words| words.in_language(t.language())).unwrap_or_default()) }
                } }
            } } }
        }
    }
}
