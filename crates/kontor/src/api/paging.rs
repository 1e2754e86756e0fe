//! Paging by cursor: the next page starts after the last item of this one, whatever happened in between.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::fault::Fault;

/// The most items a page may have.
pub const LIMIT_MAX: usize = 500;
const LIMIT_DEFAULT: usize = 50;

/// Which page is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before; nothing for the first page.
    pub cursor: Option<String>,
    /// How many items, 1 to 500; 50 when absent.
    pub limit: Option<usize>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Paged<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl PageQuery {
    /// How many items.
    pub fn limit(&self) -> Result<usize, Fault> {
        match self.limit {
            None => Ok(LIMIT_DEFAULT),
            Some(limit @ 1..=LIMIT_MAX) => Ok(limit),
            Some(_) => Err(Fault::field("limit", |t| t.api_limit_wrong(LIMIT_MAX))),
        }
    }

    /// What the cursor stands for; `None` for the first page.
    pub fn after(&self) -> Result<Option<String>, Fault> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| cursor_wrong())?;
        String::from_utf8(bytes).map(Some).map_err(|_| cursor_wrong())
    }

    /// The id that the cursor stands for.
    pub fn after_id(&self) -> Result<Option<i64>, Fault> {
        self.after()?.map(|text| text.parse().map_err(|_| cursor_wrong())).transpose()
    }

    /// How many items come before the page, where the cursor counts them.
    pub fn skip(&self) -> Result<usize, Fault> {
        self.after()?.map_or(Ok(0), |text| text.parse().map_err(|_| cursor_wrong()))
    }
}

fn cursor_wrong() -> Fault {
    Fault::field("cursor", |t| t.api_cursor_wrong())
}

impl<T> Paged<T> {
    /// A page of items of which it is known whether the list goes on.
    pub fn known(items: Vec<T>, goes_on: bool, key: impl Fn(&T) -> String) -> Paged<T> {
        let next = items.last().filter(|_| goes_on).map(|last| BASE64URL_NOPAD.encode(key(last).as_bytes()));
        Paged { items, next }
    }

    /// A page of a list that is at hand as a whole; `key` names an item's place, and what nobody finds any more is a wrong cursor.
    pub fn of_whole(items: Vec<T>, page: &PageQuery, key: impl Fn(&T) -> String) -> Result<Paged<T>, Fault> {
        let (limit, after) = (page.limit()?, page.after()?);
        let skip = match after {
            None => 0,
            Some(after) => 1 + items.iter().position(|item| key(item) == after).ok_or_else(cursor_wrong)?,
        };
        Ok(Paged::cut(items.into_iter().skip(skip).take(limit + 1).collect(), limit, key))
    }

    /// The same for items that nothing names but their place: the cursor counts those before it.
    pub fn by_place(items: impl IntoIterator<Item = T>, page: &PageQuery) -> Result<Paged<T>, Fault> {
        let (limit, skip) = (page.limit()?, page.skip()?);
        let mut items: Vec<T> = items.into_iter().skip(skip).take(limit + 1).collect();
        let goes_on = items.len() > limit;
        items.truncate(limit);
        Ok(Paged::known(items, goes_on, |_| (skip + limit).to_string()))
    }

    /// A page of at most `limit` of the given items, of which there may be one more to show that the list goes on; `key` names an item's place.
    pub fn cut(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Paged<T> {
        let goes_on = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| goes_on).map(|last| BASE64URL_NOPAD.encode(key(last).as_bytes()));
        Paged { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_starts_after_the_last_item() {
        let page = Paged::cut(vec![9, 8, 7], 2, i32::to_string);
        assert_eq!(page.items, [9, 8]);
        let query = PageQuery { cursor: page.next, limit: None };
        assert_eq!(query.after_id().expect("a cursor"), Some(8));
        assert_eq!(Paged::cut(vec![9, 8], 2, i32::to_string).next, None);
    }

    #[test]
    fn a_whole_list_is_walked_page_by_page_by_key_and_by_place() {
        let all = vec!["e", "d", "c", "b", "a"];
        let by_key = |page: &PageQuery| Paged::of_whole(all.clone(), page, |item| (*item).to_owned()).expect("a page");
        let by_place = |page: &PageQuery| Paged::by_place(all.clone(), page).expect("a page");
        for page_of in [&by_key as &dyn Fn(&PageQuery) -> Paged<&'static str>, &by_place] {
            for limit in [1, 2, 4, 5, 6] {
                let (mut walked, mut query) = (Vec::new(), PageQuery { cursor: None, limit: Some(limit) });
                loop {
                    let page = page_of(&query);
                    assert!(page.items.len() <= limit);
                    walked.extend(page.items);
                    query.cursor = page.next;
                    if query.cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(walked, all, "{limit}");
            }
        }
        let gone = PageQuery { cursor: Some(BASE64URL_NOPAD.encode(b"x")), limit: None };
        assert!(Paged::of_whole(all.clone(), &gone, |item| (*item).to_owned()).is_err());
        assert!(Paged::by_place(all.clone(), &gone).is_err());
        let beyond = PageQuery { cursor: Some(BASE64URL_NOPAD.encode(b"9")), limit: None };
        assert!(Paged::by_place(all.clone(), &beyond).expect("a page").items.is_empty());
    }

    #[test]
    fn a_wrong_cursor_or_limit_is_told_at_its_field() {
        let field = |query: PageQuery| match query.limit().map(|_| ()).and(query.after_id().map(|_| ())) {
            Err(Fault::Invalid(errors)) => errors[0].field.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(PageQuery { cursor: Some("%%".into()), limit: None }), "cursor");
        assert_eq!(field(PageQuery { cursor: Some("YWJj".into()), limit: None }), "cursor");
        assert_eq!(field(PageQuery { cursor: None, limit: Some(0) }), "limit");
        assert_eq!(field(PageQuery { cursor: None, limit: Some(501) }), "limit");
    }
}
