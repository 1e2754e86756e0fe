//! SQL of further addresses.

use kontor_domain::account::Address;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::db::moving::point;

mod account_address {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_address")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub kind: String,
        pub addressee: String,
        pub street: String,
        pub postal_code: String,
        pub city: String,
        pub country: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stored address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAddress {
    /// The id.
    pub id: i64,
    /// The address.
    pub address: Address,
}

fn stored(row: account_address::Model) -> Result<StoredAddress, DbErr> {
    let kind = row.kind.parse().map_err(|_| DbErr::Custom(format!("address {}: its kind is unknown", row.id)))?;
    let address =
        Address { kind, addressee: row.addressee, street: row.street, postal_code: row.postal_code, city: row.city, country: row.country };
    Ok(StoredAddress { id: row.id, address })
}

/// The further addresses of an account.
pub async fn of(db: &impl ConnectionTrait, account_id: i64) -> Result<Vec<StoredAddress>, DbErr> {
    let rows = account_address::Entity::find()
        .filter(account_address::Column::AccountId.eq(account_id))
        .order_by_asc(account_address::Column::Kind)
        .order_by_asc(account_address::Column::Id);
    rows.all(db).await?.into_iter().map(stored).collect()
}

/// One address of an account.
pub async fn find(db: &impl ConnectionTrait, account_id: i64, id: i64) -> Result<Option<StoredAddress>, DbErr> {
    let row = account_address::Entity::find_by_id(id).filter(account_address::Column::AccountId.eq(account_id)).one(db).await?;
    row.map(stored).transpose()
}

/// Adds an address; with the id it had once, where it comes back.
pub async fn insert(tx: &impl ConnectionTrait, account_id: i64, address: &Address, id: Option<i64>) -> Result<i64, DbErr> {
    let mut row = active(address);
    row.account_id = Set(account_id);
    if let Some(id) = id {
        row.id = Set(id);
    }
    Ok(row.insert(tx).await?.id)
}

/// Changes an address.
pub async fn update(tx: &impl ConnectionTrait, id: i64, address: &Address) -> Result<(), DbErr> {
    account_address::ActiveModel { id: Set(id), ..active(address) }.update(tx).await.map(|_| ())
}

/// Takes an address away; the history keeps it.
pub async fn delete(tx: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    account_address::Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}

/// Puts all addresses of an account to another; gives their ids.
pub async fn move_all(tx: &impl ConnectionTrait, from: i64, to: i64) -> Result<Vec<i64>, DbErr> {
    let ids: Vec<i64> = of(tx, from).await?.into_iter().map(|stored| stored.id).collect();
    move_back(tx, to, &ids).await?;
    Ok(ids)
}

/// Puts these addresses to an account; one that was taken away meanwhile stays away.
pub async fn move_back(tx: &impl ConnectionTrait, to: i64, ids: &[i64]) -> Result<(), DbErr> {
    point::<account_address::Entity>(tx, (account_address::Column::Id, account_address::Column::AccountId), ids, to).await
}

fn active(address: &Address) -> account_address::ActiveModel {
    account_address::ActiveModel {
        kind: Set(address.kind.name().to_owned()),
        addressee: Set(address.addressee.clone()),
        street: Set(address.street.clone()),
        postal_code: Set(address.postal_code.clone()),
        city: Set(address.city.clone()),
        country: Set(address.country.clone()),
        ..Default::default()
    }
}
