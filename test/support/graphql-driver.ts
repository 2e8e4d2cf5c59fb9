import { AbstractGraphQLDriver, type GqlModuleOptions } from '@nestjs/graphql';
import { graphql } from 'graphql';

interface GraphQlRequest {
  readonly body: { readonly query: string; readonly variables?: Record<string, unknown> };
}

/** The least that serves GraphQL: a route of the adapter's that executes what is POSTed to it. */
export class LeastDriver extends AbstractGraphQLDriver {
  start({ path = '/graphql', schema }: GqlModuleOptions): Promise<void> {
    const adapter = this.httpAdapterHost.httpAdapter;
    adapter.post(path, async (request: GraphQlRequest, response: unknown) => {
      const { query: source, variables: variableValues = {} } = request.body;
      if (schema === undefined) throw new Error('There is no schema.');
      await adapter.reply(response, await graphql({ schema, source, variableValues }), 200);
    });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
