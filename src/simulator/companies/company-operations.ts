import { param } from '../api/operation.ts';
import { serve } from '../collections/serve.ts';
import { refuse } from '../http/refusal.ts';

export const companyOperations = [
  serve('GET /companies/{companyId}', {}, (call, world) => {
    const { company, locations } = world.directory;
    if (param(call, 'companyId') !== company.id) throw refuse(404, 'Company not found');
    return {
      company: {
        ...company,
        phone: '+13125550100',
        website: 'https://acme-agency.example',
        address: '100 W Lake St',
        city: 'Chicago',
        state: 'IL',
        country: 'US',
        postalCode: '60601',
        timezone: 'America/Chicago',
        currency: 'USD',
        customerType: 'agency',
        status: 'active_subscriber',
        isReselling: false,
        locationCount: locations.length,
      },
    };
  }),
];
