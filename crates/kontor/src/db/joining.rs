//! Who makes an account by hand looks after it, so that they see it also where only teams do. This is here and not with the account teams because
//! accounts are made by an earlier noun; reading and changing teams is `assignments`'.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_domain::assignment::{Reach, TeamRole};
use kontor_domain::rights::Viewer;
use kontor_domain::team::Role;
use sea_orm::{DbErr, EntityTrait, Set};

use super::Tx;
use super::revisions::Topic;

/// The assignments' table.
pub mod assignment {
    #![expect(missing_docs, reason = "the columns are described where teams are read")]
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assignment")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub account_id: i64,
        pub reach: String,
        pub role: String,
        pub from_day: Date,
        pub to_day: Option<Date>,
        pub handover_id: Option<i64>,
        pub created_at: DateTimeUtc,
        pub created_by: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl Tx {
    /// Puts a member who has just made an account on its team, as sales rep; those who see more than their own accounts need not be on it.
    pub async fn join_team(&self, viewer: &Viewer, account_id: i64, day: NaiveDate, now: DateTime<Utc>) -> Result<(), DbErr> {
        if viewer.role != Role::Member {
            return Ok(());
        }
        let row = assignment::ActiveModel {
            user_id: Set(viewer.user_id),
            account_id: Set(account_id),
            reach: Set(Reach::Account.name().to_owned()),
            role: Set(TeamRole::SalesRep.name().to_owned()),
            from_day: Set(day),
            created_at: Set(now),
            created_by: Set(viewer.user_id),
            ..Default::default()
        };
        assignment::Entity::insert(row).exec_without_returning(self.on()).await?;
        self.raise(Topic::Sight).await.map(|_| ())
    }
}
