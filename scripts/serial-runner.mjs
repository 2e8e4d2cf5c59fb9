import JestRunner from 'jest-runner';

/** Has jest run files one after the other, while no others run. */
export default class SerialRunner extends JestRunner {
  isSerial = true;
}
