import { fullName } from '../contacts/contact.ts';
import type { Seeding } from './seeding.ts';

/** Forms and a survey that were filled in, links, workflows, a campaign, and templates. */
export function addFirstMarketing({ records, location, contacts, random, ago }: Seeding): void {
  const locationId = location.id;
  const dates = { createdAt: ago(900), updatedAt: ago(300) };
  const [form] = ['Contact us', 'New patient'].map((name) =>
    records.forms.put({ id: random.id(), locationId, name }),
  );
  const survey = records.surveys.put({ id: random.id(), locationId, name: 'How was your visit?' });
  for (const [index, contact] of contacts.slice(0, 9).entries()) {
    const person = { contactId: contact.id, name: fullName(contact), email: contact.email ?? '' };
    const others = {
      eventData: { page: { url: `${location.website}/contact`, title: 'Contact' }, type: 'page-visit' },
    };
    const common = { id: random.hex(24), locationId, ...person, createdAt: ago(index * 11 + 1), others };
    if (index % 3 === 2) records.surveySubmissions.put({ ...common, surveyId: survey.id });
    else records.formSubmissions.put({ ...common, formId: form?.id });
  }
  for (const [name, path] of [
    ['Booking page', 'book'],
    ['Review page', 'review'],
  ] as const) {
    const id = random.id();
    const fieldKey = `{{trigger_link.${id}}}`;
    records.links.put({ id, locationId, name, redirectTo: `${location.website}/${path}`, fieldKey });
  }
  for (const [name, status] of [
    ['Welcome', 'published'],
    ['Appointment reminder', 'published'],
    ['Win back', 'draft'],
  ] as const) {
    records.workflows.put({ id: random.uuid(), locationId, name, status, version: 2, ...dates });
  }
  records.campaigns.put({ id: random.id(), locationId, name: 'Summer recall', status: 'published' });
  records.templates.put({
    id: random.id(),
    locationId,
    name: 'Reminder',
    type: 'sms',
    template: { body: 'See you tomorrow, {{contact.first_name}}!', attachments: [] },
    dateAdded: ago(700),
    urlAttachments: [],
  });
  records.templates.put({
    id: random.id(),
    locationId,
    name: 'Welcome',
    type: 'email',
    template: { subject: 'Welcome', html: '<p>Good to have you with us.</p>', attachments: [] },
    dateAdded: ago(700),
  });
}
