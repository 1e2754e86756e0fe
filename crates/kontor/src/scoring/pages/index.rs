//! The list of scores.

use axum::extract::State;
use kontor_domain::abc::Class;
use kontor_domain::group::Level;
use kontor_domain::rights::Right;
use kontor_domain::scoring::Score;
use kontor_domain::scoring::portfolio::Stance;
use maud::{Markup, html};

use super::parts;
use crate::fault::Fault;
use crate::office::Office;
use crate::scoring::actions;
use crate::scoring::list::{Contrast, Listing, ScoresQuery};
use crate::scoring::{export, forms};
use crate::settings::pages::level_name;
use crate::valuation::actions as valuation;
use crate::valuation::export::Format;
use crate::valuation::pages::frame;
use crate::web::components::{class_badge, headline, link_button, notice, pagination};
use crate::web::context::{Form, Page, Query};
use crate::web::layout::Flash;
use crate::web::texts::Texts;
use crate::web::url;

/// How many accounts a page of the list has.
const PAGE: usize = 50;

/// What a query asks for; `None` while the ledger is empty.
pub(super) async fn listing(office: &Office, page: &Page, run: Option<i64>, level: &str) -> Result<Option<Listing>, Fault> {
    let viewer = &page.viewer;
    let level = forms::parse_level(level)?.unwrap_or(page.settings.level);
    let table = match run {
        Some(run) => Some(actions::kept(office, viewer, run).await?),
        None => actions::present(office, viewer, &page.settings, level).await?,
    };
    let Some(table) = table else { return Ok(None) };
    let last = actions::last_kept(office, viewer, table.level, run).await?;
    let directory = valuation::accounts(office, viewer).await?;
    Ok(Some(Listing::new(table, last, directory, viewer)))
}

pub(super) async fn show(State(office): State<Office>, page: Page, Query(query): Query<ScoresQuery>) -> Result<Markup, Fault> {
    let t = page.t();
    let Some(listing) = listing(&office, &page, query.run, &query.level).await? else {
        return Ok(frame::empty(&page, &t.valuation_tab_scores()));
    };
    let rows = query.rows(&listing)?;
    Ok(page.render(&t.valuation_tab_scores(), list_page(&page, &listing, &query, &rows)))
}

/// What the valuation says, in one sentence; of a part of the list, how large that is.
fn lede(page: &Page, listing: &Listing, query: &ScoresQuery, rows: &[usize]) -> String {
    let (t, model) = (page.t(), &listing.table.model.model);
    if query.is_filtered() {
        return t.scoring_lede_found(rows.len());
    }
    let from = Score::of_points(u32::from(model.suggest_from));
    let ranked: Vec<usize> = listing.visible.iter().copied().filter(|&index| listing.table.rows[index].place.is_some()).collect();
    let high = ranked.iter().filter(|&&index| listing.table.rows[index].scored.score >= Some(from)).count();
    if ranked.is_empty() {
        return t.scoring_lede_none(model.least_coverage);
    }
    t.scoring_lede(high, ranked.len(), model.suggest_from)
}

/// Which model, which figures, which day.
pub fn sub(page: &Page, listing: &Listing) -> Markup {
    let (t, locale, table) = (page.t(), page.locale(), &listing.table);
    html! {
        a href=(model_address(table.model.id)) { (t.scoring_model_version(table.model.id)) } ", "
        (t.scoring_sub(locale.date(table.period.from()), locale.date(table.period.to()), listing.visible.len()))
    }
}

fn model_address(id: i64) -> String {
    format!("{}?version={id}", url::MODEL)
}

/// Where a kept result is shown, says that it is not the present.
pub fn kept_notice(page: &Page, listing: &Listing, path: &str) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    html! {
        @if let Some(run) = &listing.table.run {
            (notice("info", html! { p {
                (t.scoring_kept_notice(locale.instant(run.made_at), run.made_by_name.as_str())) " " (run.note) " "
                a href=(path) { (t.scoring_to_present()) }
            } }))
        }
    }
}

fn list_page(page: &Page, listing: &Listing, query: &ScoresQuery, rows: &[usize]) -> Markup {
    let (t, locale) = (page.t(), page.locale());
    let first = (query.page * PAGE).min(rows.len());
    let last = (first + PAGE).min(rows.len());
    let before = (query.page > 0).then(|| query.address(url::SCORES, query.page - 1));
    let after = (last < rows.len()).then(|| query.address(url::SCORES, query.page + 1));
    let actions = html! {
        @if page.viewer.may(Right::Export) {
            a.button href=(query.address("/valuation/scores.csv", 0)) { "CSV" }
            a.button href=(query.address("/valuation/scores.xlsx", 0)) { "XLSX" }
        }
        (link_button(url::KEPT, &t.scoring_kept_title(), false))
        (link_button(url::MODEL, &t.scoring_model(), false))
    };
    html! {
        (headline(&[], lede(page, listing, query, rows), sub(page, listing), actions))
        (frame::sections(page, url::SCORES))
        (kept_notice(page, listing, url::SCORES))
        (contrasts(page, listing, query))
        (filter(page, listing, query))
        @if rows.is_empty() { p.quiet { (t.portfolio_none()) } }
        @else {
            (table(page, listing, &rows[first..last]))
            (pagination(t, locale, first + 1, last, rows.len(), before, after))
        }
    }
}

/// Where revenue and score disagree: large but not worth it, worth more than its size.
fn contrasts(page: &Page, listing: &Listing, query: &ScoresQuery) -> Markup {
    let (t, model) = (page.t(), &listing.table.model.model);
    let link = |contrast: &str| ScoresQuery { contrast: contrast.into(), ..query.clone() }.address(url::SCORES, 0);
    let (low, high) = (listing.contrast(Contrast::ALow), listing.contrast(Contrast::BHigh));
    html! {
        @if !low.is_empty() || !high.is_empty() {
            ul.list.contrasts {
                @if !low.is_empty() { li {
                    span { (class_badge(Class::A)) " " (t.scoring_a_low(low.len(), model.keep_from)) }
                    span.why { (names(listing, &low)) }
                    a.do href=(link("a_low")) { (t.scoring_show_them()) }
                } }
                @if !high.is_empty() { li {
                    span { (class_badge(Class::B)) " " (t.scoring_b_high(high.len(), model.suggest_from)) }
                    span.why { (names(listing, &high)) }
                    a.do href=(link("b_high")) { (t.scoring_show_them()) }
                } }
            }
        }
    }
}

fn names(listing: &Listing, indices: &[usize]) -> String {
    let names: Vec<&str> = indices.iter().take(4).map(|&index| listing.name(index)).collect();
    let more = if indices.len() > names.len() { " …" } else { "" };
    names.join(", ") + more
}

fn filter(page: &Page, listing: &Listing, query: &ScoresQuery) -> Markup {
    let t = page.t();
    let choice = |name: &str, label: String, chosen: &str, choices: &[(&str, String)]| {
        html! { label { (label) select name=(name) { @for (value, name) in choices { option value=(value) selected[*value == chosen] { (name) } } } } }
    };
    let any = || ("", t.portfolio_any());
    let classes: Vec<(&str, String)> = [any()].into_iter().chain(["A", "B", "C"].map(|class| (class, class.to_owned()))).collect();
    let stances: Vec<(&str, String)> =
        [any()].into_iter().chain(Stance::ALL.iter().map(|&stance| (stance.name(), parts::stance_name(t, stance)))).collect();
    let contrasts = [any(), ("a_low", t.scoring_contrast_a_low()), ("b_high", t.scoring_contrast_b_high())];
    let sorts = [
        ("score", t.scoring_score()),
        ("revenue", t.valuation_revenue()),
        ("coverage", t.scoring_coverage()),
        ("change", t.scoring_change()),
        ("name", t.team_name()),
    ];
    html! {
        form.filter action=(url::SCORES) data-auto-submit {
            label { (t.portfolio_search()) input type="search" name="q" value=(query.q); }
            @if query.run.is_none() { (level_choice(t, listing)) }
            (choice("class", t.valuation_class(), &query.class, &classes))
            (choice("stance", t.scoring_stance(), &query.stance, &stances))
            (choice("contrast", t.scoring_contrast(), &query.contrast, &contrasts))
            (choice("sort", t.scoring_sort(), &query.sort, &sorts))
            @if let Some(run) = query.run { input type="hidden" name="run" value=(run); }
            button.button { (t.valuation_show()) }
        }
    }
}

/// What counts as one customer.
pub(super) fn level_choice(t: &Texts, listing: &Listing) -> Markup {
    html! {
        label { (t.valuation_level()) select name="level" {
            @for &level in Level::ALL { option value=(level) selected[level == listing.table.level] { (level_name(t, level)) } }
        } }
    }
}

fn table(page: &Page, listing: &Listing, indices: &[usize]) -> Markup {
    let (t, locale, table) = (page.t(), page.locale(), &listing.table);
    html! {
        div.scroll { table.table.scores {
            thead { tr {
                th.num { (t.valuation_rank()) } th.pin { (t.valuation_account()) } th.num { (t.scoring_score()) } th.minor {} th.num { (t.scoring_coverage()) }
                th.num { (t.scoring_change()) } th { (t.valuation_class()) } th.num { (t.valuation_revenue()) } th { (t.scoring_stance()) }
            } }
            tbody { @for &index in indices {
                @let row = &table.rows[index];
                tr {
                    td.num.quiet { @match row.place { Some(place) => (parts::place_text(t, place)), None => "–" } }
                    td.name.pin { (account_link(page, listing, index)) }
                    td.num { @if row.place.is_some() { strong { (parts::score_text(locale, row.scored.score)) } } @else { span.quiet { (parts::score_text(locale, row.scored.score)) } } }
                    td.minor { (crate::web::components::share_bar(row.scored.score.map_or(0.0, |score| score.value() / 100.0))) }
                    td.num { (parts::coverage(t, row.scored.coverage, row.place.is_some())) }
                    td.num { @match listing.change(index) { Some(change) => (parts::difference(locale, change)), None => span.quiet { "–" } } }
                    td { @if let Some(class) = row.class { (class_badge(class)) } }
                    td.num { (locale.amount(row.revenue)) }
                    td { @if let Some(stance) = table.stance(index) { (parts::stance_badge(t, stance)) } }
                }
            } }
        } }
    }
}

/// The account, or the group with the number of its accounts.
pub(super) fn account_link(page: &Page, listing: &Listing, index: usize) -> Markup {
    let t = page.t();
    let account_id = listing.table.rows[index].account_id;
    let members = listing.table.members(account_id).len();
    html! {
        a href=(url::account_valuation(account_id)) { (listing.name(index)) } (page.context.marks.badge(t, account_id))
        @if members > 0 { " " span.quiet { (t.valuation_members(members)) } }
    }
}

pub(super) async fn csv(state: State<Office>, page: Page, query: Query<ScoresQuery>) -> Result<axum::response::Response, Fault> {
    file(state, page, query, Format::Csv).await
}

pub(super) async fn xlsx(state: State<Office>, page: Page, query: Query<ScoresQuery>) -> Result<axum::response::Response, Fault> {
    file(state, page, query, Format::Xlsx).await
}

async fn file(
    State(office): State<Office>,
    page: Page,
    Query(query): Query<ScoresQuery>,
    format: Format,
) -> Result<axum::response::Response, Fault> {
    let listing = listing(&office, &page, query.run, &query.level).await?.ok_or(Fault::NotFound)?;
    let rows = query.rows(&listing)?;
    export::send(&office, &page.viewer, &listing, &rows, format).await
}

/// The results that were kept, and keeping the present one.
pub(super) async fn kept(State(office): State<Office>, page: Page) -> Result<Markup, Fault> {
    let t = page.t();
    let runs = actions::list_kept(&office, &page.viewer).await?;
    let locale = page.locale();
    let main = html! {
        (headline(&[(url::SCORES, &t.valuation_tab_scores())], t.scoring_kept_title(), t.scoring_kept_sub(), ""))
        (frame::sections(&page, url::SCORES))
        @if page.viewer.may(Right::DefineScoring) {
            form.form.form--row method="post" action=(url::KEPT) {
                div.field { label for="field-note" { (t.scoring_note()) } input #field-note name="note" type="text" maxlength=(forms::TEXT_MAX); }
                div.field { label for="field-level" { (t.valuation_level()) } select #field-level name="level" {
                    @for &level in Level::ALL { option value=(level) selected[level == page.settings.level] { (level_name(t, level)) } }
                } }
                button.button.button--main { (t.scoring_keep()) }
            }
        }
        @if runs.is_empty() { p.quiet { (t.scoring_kept_none()) } }
        @else {
            div.scroll { table.table.table--words {
                thead { tr { th { (t.scoring_kept_at()) } th { (t.scoring_kept_by()) } th { (t.scoring_model()) } th { (t.valuation_period()) } th { (t.valuation_level()) } th.num { (t.scoring_kept_count()) } th { (t.scoring_note()) } } }
                tbody { @for run in &runs { tr {
                    td { a href=(format!("{}?run={}", url::SCORES, run.id)) { (locale.instant(run.made_at)) } }
                    td { (run.made_by_name) }
                    td { a href=(model_address(run.model_id)) { (t.scoring_model_version(run.model_id)) } }
                    td { (t.period_days(locale.date(run.period.from()), locale.date(run.period.to()))) }
                    td { (level_name(t, run.level)) }
                    td.num data-label=(t.scoring_kept_count()) { (locale.integer(run.accounts)) }
                    td.wrap { (run.note) }
                } } }
            } }
        }
    };
    Ok(page.render(&t.scoring_kept_title(), main))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct KeepForm {
    note: String,
    level: String,
}

pub(super) async fn keep(State(office): State<Office>, page: Page, Form(form): Form<KeepForm>) -> Result<axum::response::Redirect, Fault> {
    let note = forms::parse_text("note", &form.note).map_err(|error| Fault::Invalid(vec![error]))?;
    let level = forms::parse_level(&form.level)?.unwrap_or(page.settings.level);
    actions::keep(&office, &page.viewer, &page.settings, level, note).await?;
    page.flash(Flash::done(page.t().scoring_kept_done())).await?;
    Ok(axum::response::Redirect::to(url::KEPT))
}
