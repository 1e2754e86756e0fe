//! One account for programs.

mod bodies;
mod group;

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use kontor_domain::Period;
use kontor_ledger::figures::Paging;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::bodies::*;
use super::actions::{self, Dossier};
use crate::api::caller::{Caller, Query};
use crate::api::errors::Problem;
use crate::api::paging::{PageQuery, Paged};
use crate::fault::Fault;
use crate::office::Office;
use crate::settings;
use crate::valuation::forms::WantedQuery;
use crate::web::context::Path;

/// The routes.
pub fn routes() -> OpenApiRouter<Office> {
    OpenApiRouter::new()
        .routes(routes!(get_account))
        .routes(routes!(list_account_months))
        .routes(routes!(list_account_groups))
        .routes(routes!(list_account_invoices))
        .merge(group::routes())
}

/// One account: master data, figures, rank, class, share, growth
#[utoipa::path(get, path = "/accounts/{id}", tag = "accounts", params(("id" = i64, Path), WantedQuery), responses((status = 200, body = DossierBody), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn get_account(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
) -> Result<Json<DossierBody>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let Dossier { account, figures } = actions::show(&office, &viewer, &settings, id, &query.parse()?).await?;
    Ok(Json(dossier_body(account, figures.as_ref())))
}

/// Up to 36 months of one account without gaps, up to the last one of the period
#[utoipa::path(get, path = "/accounts/{id}/months", tag = "accounts", params(("id" = i64, Path), WantedQuery), responses((status = 200, body = Vec<DossierMonthBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_account_months(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
) -> Result<Json<Vec<DossierMonthBody>>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let dossier = actions::show(&office, &viewer, &settings, id, &query.parse()?).await?;
    Ok(Json(dossier.figures.as_ref().map(month_bodies).unwrap_or_default()))
}

/// The product groups of one account, the largest first, silent ones last
#[utoipa::path(get, path = "/accounts/{id}/groups", tag = "accounts", params(("id" = i64, Path), WantedQuery, PageQuery), responses((status = 200, body = Paged<DossierGroupBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_account_groups(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<DossierGroupBody>>, Fault> {
    let settings = settings::store::current(office.db.read()).await?;
    let dossier = actions::show(&office, &viewer, &settings, id, &query.parse()?).await?;
    Ok(Json(Paged::by_place(dossier.figures.as_ref().map(group_bodies).unwrap_or_default(), &page)?))
}

/// The invoices of one account with their lines, the newest first
#[utoipa::path(get, path = "/accounts/{id}/invoices", tag = "accounts", params(("id" = i64, Path), WantedQuery, PageQuery), responses((status = 200, body = Paged<DossierInvoiceBody>), (status = 404, body = Problem), (status = 422, body = Problem)))]
async fn list_account_invoices(
    State(office): State<Office>,
    Caller(viewer): Caller,
    Path(id): Path<i64>,
    Query(query): Query<WantedQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Paged<DossierInvoiceBody>>, Fault> {
    let (limit, place) = (page.limit()?, Place::of(&page)?);
    let settings = settings::store::current(office.db.read()).await?;
    let account = actions::account(&office, &viewer, id).await?;
    let period = actions::period(&office, &viewer, &settings, &query.parse()?).await?;
    let Some((rest, offset)) = period.and_then(|period| Place::rest(place, period)) else {
        return Ok(Json(Paged { items: Vec::new(), next: None }));
    };
    let found = actions::invoices(&office, &account, rest, Paging { offset, limit: limit + 1 }).await?;
    let next = Place::after(place, found.invoices.iter().take(limit).map(|booked| booked.invoice.date));
    let items = found.invoices.iter().map(|booked| invoice_body(booked, settings.currency.code())).collect();
    Ok(Json(Paged::cut(items, limit, |_| next.map_or_else(String::new, |next| next.to_string()))))
}

/// Where in the list of invoices, from the newest day down, a page ends: so many of this day have been given. Later bookings of newer invoices do not move it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    day: NaiveDate,
    count: usize,
}

impl Place {
    fn of(page: &PageQuery) -> Result<Option<Place>, Fault> {
        let wrong = || Fault::field("cursor", |t| t.api_cursor_wrong());
        let place = |text: String| {
            let (day, count) = text.split_once('/')?;
            Some(Place { day: day.parse().ok()?, count: count.parse().ok()? })
        };
        page.after()?.map(|text| place(text).ok_or_else(wrong)).transpose()
    }

    /// What is left of a period, and how many invoices of its newest day are to be left out.
    fn rest(place: Option<Place>, period: Period) -> Option<(Period, usize)> {
        match place {
            Some(Place { day, count }) if day <= period.to() => Some((Period::new(period.from(), day)?, count)),
            _ => Some((period, 0)),
        }
    }

    /// The place after the invoices of these days.
    fn after(start: Option<Place>, days: impl Iterator<Item = NaiveDate>) -> Option<Place> {
        days.fold(start, |place, day| match place {
            Some(Place { day: same, count }) if same == day => Some(Place { day, count: count + 1 }),
            _ => Some(Place { day, count: 1 }),
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.day, self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_place_counts_the_invoices_of_its_day() {
        let place = Place::after(None, ["2026-03-02", "2026-03-01", "2026-03-01"].map(day).into_iter());
        assert_eq!(place, Some(Place { day: day("2026-03-01"), count: 2 }));
        assert_eq!(Place::after(place, [day("2026-03-01")].into_iter()), Some(Place { day: day("2026-03-01"), count: 3 }));
        assert_eq!(Place::after(place, std::iter::empty()), place);
    }

    #[test]
    fn what_is_left_ends_with_the_day_of_the_place() {
        let period = |from, to| Period::new(day(from), day(to)).expect("a period");
        let march = period("2026-03-01", "2026-03-31");
        let at = |text| Some(Place { day: day(text), count: 2 });
        assert_eq!(Place::rest(None, march), Some((march, 0)));
        assert_eq!(Place::rest(at("2026-03-07"), march), Some((period("2026-03-01", "2026-03-07"), 2)));
        assert_eq!(Place::rest(at("2026-04-07"), march), Some((march, 0)), "the day lies after the period: nothing of it was given");
        assert_eq!(Place::rest(at("2026-02-07"), march), None, "before the period nothing is left");
    }
}
