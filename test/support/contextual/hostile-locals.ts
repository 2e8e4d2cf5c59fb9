import { Controller, Get } from '@nestjs/common';
import { TRAPS, trapped } from '../hostile-objects.js';

const END = (): never => process.exit(13);

/** Variables that cost whoever looks at them dear. */
@Controller('hostile')
export class HostileLocalsController {
  @Get('text')
  text(): never {
    const large = 'x'.repeat(100_000_000);
    throw new Error(`Large: ${large.length}`);
  }

  @Get('bytes')
  bytes(): never {
    const large = Buffer.alloc(100_000_000);
    throw new Error(`Large: ${large.length}`);
  }

  @Get('message')
  message(): never {
    throw new Error('a.'.repeat(2_500_000));
  }

  @Get('proxy')
  proxy(): never {
    const refusing = new Proxy({}, trapped(TRAPS));
    const within = [refusing];
    throw new Error(`Proxy: ${within.length}`);
  }

  @Get('getter')
  getter(): never {
    const endless = {
      get member(): never {
        for (;;);
      },
    };
    throw new Error(`Getter: ${Object.keys(endless).length}`);
  }

  @Get('many')
  many(): never {
    const names = Array.from({ length: 5_000 }, (_, index) => `v${index}`);
    const code = `(function many() {
      ${names.map((name, index) => `let ${name} = { index: ${index} };`).join('')}
      throw new Error('Many: ' + [${names.join(',')}].length);
    })()
    //# sourceURL=file:///srv/generated/many.js`;
    // The rule against it is right about programs; here it makes what nobody writes by hand.
    (Reflect.construct(Function, [code]) as () => void)();
    throw new Error('Never.');
  }

  @Get('members')
  members(): never {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`m${index}`, index]));
    throw new Error(`Members: ${Object.keys(wide).length}`);
  }

  @Get('circular')
  circular(): never {
    const nodes = Array.from({ length: 1_000 }, (_, index) => ({ index, others: [] as unknown[] }));
    for (const node of nodes) node.others = nodes;
    throw new Error(`Circular: ${nodes.length}`);
  }

  @Get('exit')
  exit(): never {
    const ending = {
      toString: END,
      toJSON: END,
      valueOf: END,
      [Symbol.toPrimitive]: END,
      [Symbol.for('nodejs.util.inspect.custom')]: END,
      get then(): never {
        return END();
      },
    };
    class Ending extends Array<number> {
      get [Symbol.toStringTag](): never {
        return END();
      }
      override map(): never {
        return END();
      }
    }
    const list = new Ending();
    throw new Error(`Ending: ${typeof ending} ${typeof list}`);
  }
}
