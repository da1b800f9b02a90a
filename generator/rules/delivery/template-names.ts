import { fronted } from '../../model/tasks.ts'
import type { Rule } from '../rule.ts'

export const templateNames: Rule = {
  id: 'PC512',
  title: 'No service has the template name of the Service Catalog product',
  why: 'the template of a service is called service-<name>, and service-catalog is the one that publishes the product',
  check: (model) =>
    model.delivery.serviceCatalog === undefined
      ? []
      : fronted(model)
          .filter(({ key }) => key === 'catalog')
          .map(({ key }) => ({
            path: ['services', key],
            at: 'key',
            also: ['delivery', 'serviceCatalog'],
            message: 'the service "catalog" and the product would both be templates/service-catalog.yaml',
            remedy: 'give the service another name, such as items',
          })),
}
