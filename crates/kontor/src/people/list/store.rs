//! SQL of the list of people.

use chrono::NaiveDate;
use kontor_domain::rights::Viewer;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Alias, BinOper, Cond, Expr, ExprTrait, Func, IntoColumnRef, JoinType, Order, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{Sort, State, Wanted};
use crate::db::sight::seen_by;
use crate::people::store::{Person, is_seen, person};

/// So many people with similar names are looked at.
const CANDIDATES: u64 = 5000;

fn of(table: &'static str, column: &'static str) -> (Alias, Alias) {
    (Alias::new(table), Alias::new(column))
}

/// How many people fit.
pub async fn count(db: &impl ConnectionTrait, viewer: &Viewer, wanted: &Wanted, words: &[String], today: NaiveDate) -> Result<u64, DbErr> {
    fitting(viewer, wanted, today).filter(says(words)).count(db).await
}

/// A part of the people who fit, in the order wanted.
pub async fn page(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    wanted: &Wanted,
    words: &[String],
    today: NaiveDate,
    offset: u64,
    limit: u64,
) -> Result<Vec<Person>, DbErr> {
    let mut query = fitting(viewer, wanted, today).filter(says(words));
    query = match wanted.sort {
        Sort::Name => query,
        Sort::Changed => query.order_by_desc(person::Column::Changed),
        Sort::Company => by_company(query, viewer),
    };
    let query = query.order_by_asc(person::Column::SortName).order_by_asc(person::Column::Id).offset(offset).limit(limit);
    query.all(db).await?.into_iter().map(Person::try_from).collect()
}

/// People after an id, by id, for programs.
pub async fn after(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    wanted: &Wanted,
    words: &[String],
    today: NaiveDate,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<Person>, DbErr> {
    let query = fitting(viewer, wanted, today).filter(says(words)).filter(person::Column::Id.gt(after.unwrap_or(0)));
    let rows = query.order_by_asc(person::Column::Id).limit(limit).all(db).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// People whose names hold a piece of each word, with their names: a word with one slip has one of its halves unharmed, one with two slips a third.
pub async fn candidates(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    wanted: &Wanted,
    words: &[String],
    today: NaiveDate,
) -> Result<Vec<(i64, String)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Candidate {
        id: i64,
        folded: String,
    }
    let mut cond = Cond::all();
    for word in words {
        let mut pieces = Cond::any();
        for piece in pieces_of(word) {
            pieces = pieces.add(holds((Alias::new("person"), Alias::new("folded")), &piece));
        }
        cond = cond.add(pieces);
    }
    let query = fitting(viewer, wanted, today).filter(cond).order_by_asc(person::Column::Id).limit(CANDIDATES);
    let found = query.select_only().columns([person::Column::Id, person::Column::Folded]).into_model::<Candidate>().all(db).await?;
    Ok(found.into_iter().map(|candidate| (candidate.id, candidate.folded)).collect())
}

fn pieces_of(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let count = match letters.len() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    letters.chunks(letters.len().div_ceil(count).max(1)).map(|piece| piece.iter().collect()).collect()
}

/// Everybody who fits, apart from the words.
fn fitting(viewer: &Viewer, wanted: &Wanted, today: NaiveDate) -> Select<person::Entity> {
    let mut query = person::Entity::find().filter(is_seen(viewer)).filter(person::Column::MergedInto.is_null());
    query = match wanted.state {
        State::Archived => query.filter(person::Column::ArchivedAt.is_not_null()),
        _ => query.filter(person::Column::ArchivedAt.is_null()),
    };
    let open = || Cond::any().add(Expr::col(of("employment", "to_day")).is_null()).add(Expr::col(of("employment", "to_day")).gte(today));
    let is_about_work = wanted.accounts.is_some() || !wanted.function.is_empty() || !wanted.department.is_empty();
    if is_about_work || wanted.state == State::Present {
        let mut work = employed(viewer);
        if let Some(accounts) = &wanted.accounts {
            work.and_where(Expr::col(of("employment", "account_id")).is_in(accounts.iter().map(|id| Expr::cust(id.to_string()))));
        }
        for (column, text) in [("function", &wanted.function), ("department", &wanted.department)] {
            if !text.is_empty() {
                work.and_where(holds_anyhow(of("employment", column), text));
            }
        }
        if wanted.state == State::Present {
            work.and_where(Expr::col(of("employment", "account_id")).is_not_null()).cond_where(open());
        } else if wanted.state == State::Former {
            work.and_where(Expr::col(of("employment", "to_day")).lt(today));
        }
        query = query.filter(Expr::exists(work));
    }
    if wanted.state == State::Former {
        let mut present = employed(viewer);
        present.and_where(Expr::col(of("employment", "account_id")).is_not_null()).cond_where(open());
        let mut past = employed(viewer);
        past.and_where(Expr::col(of("employment", "account_id")).is_not_null());
        query = query.filter(Expr::exists(present).not()).filter(Expr::exists(past));
    }
    query
}

/// The employments of a person that this viewer may see.
fn employed(viewer: &Viewer) -> SelectStatement {
    let mut query = Query::select();
    let seen = seen_by(viewer, of("employment", "account_id")).or(Expr::col(of("employment", "account_id")).is_null());
    query.expr(Expr::val(1)).from(Alias::new("employment"));
    query.and_where(Expr::col(of("employment", "person_id")).equals(of("person", "id"))).and_where(seen);
    query
}

/// Every word stands in the name, or, where it can be one, in an address or number.
fn says(words: &[String]) -> Cond {
    let mut cond = Cond::all();
    for word in words {
        let mut one = Cond::any().add(holds(of("person", "folded"), word));
        let is_number = word.len() >= 4 && word.chars().all(|c| c.is_ascii_digit());
        if is_number || word.len() >= 3 {
            let mut reached = Query::select();
            reached.column(of("channel", "person_id")).from(Alias::new("channel")).and_where(holds(of("channel", "normal"), word));
            // Asked of all channels once, not of each person's.
            one = one.add(Expr::col(of("person", "id")).in_subquery(reached));
        }
        cond = cond.add(one);
    }
    cond
}

/// By what the company of the primary employment is called; accounts the viewer does not see count as none.
fn by_company(mut query: Select<person::Entity>, viewer: &Viewer) -> Select<person::Entity> {
    let (employment, account) = (Alias::new("job"), Alias::new("employer"));
    let at = |table: &Alias, column: &'static str| Expr::col((table.clone(), Alias::new(column)));
    let seen = seen_by(viewer, (account.clone(), Alias::new("id")));
    let of_person = at(&employment, "person_id").equals(of("person", "id")).and(at(&employment, "is_primary").eq(true));
    let of_job = at(&account, "id").equals((employment.clone(), Alias::new("account_id"))).and(seen);
    QuerySelect::query(&mut query).join_as(JoinType::LeftJoin, Alias::new("employment"), employment.clone(), of_person).join_as(
        JoinType::LeftJoin,
        Alias::new("account"),
        account.clone(),
        of_job,
    );
    let none_last = at(&account, "name").is_null();
    QuerySelect::query(&mut query).order_by_expr(none_last, Order::Asc).order_by_expr(Func::lower(at(&account, "name")).into(), Order::Asc);
    query
}

/// True where a column in lower case holds a text in lower case.
fn holds(column: impl IntoColumnRef, text: &str) -> SimpleExpr {
    Expr::col(column).binary(BinOper::Like, pattern(text))
}

/// True where a column holds a text, capitals or not.
fn holds_anyhow(column: impl IntoColumnRef, text: &str) -> SimpleExpr {
    Expr::expr(Func::lower(Expr::col(column))).binary(BinOper::Like, pattern(&text.to_lowercase()))
}

fn pattern(text: &str) -> SimpleExpr {
    let literal = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    Expr::val(format!("%{literal}%")).binary(BinOper::Escape, Expr::cust("'!'"))
}
