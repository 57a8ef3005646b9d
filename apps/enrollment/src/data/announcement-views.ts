/** What everybody sees of an announcement. */
export const announcementColumns = {
  id: 'announcement.id',
  planId: 'announcement.plan_id',
  organisationId: 'announcement.organisation_id',
  organisationName: 'organisation.name',
  text: 'announcement.text',
  sha256: 'announcement.sha256',
  replaces: 'announcement.replaces',
  publishedAt: 'announcement.published_at',
};

export const announcements =
  'announcement left join known_organisation as organisation on organisation.id = announcement.organisation_id';
