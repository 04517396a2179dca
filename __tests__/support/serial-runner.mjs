import TestRunner from 'jest-runner';

/** Runs one test file at a time: the engines share the machine, and so would their timings. */
export default class SerialRunner extends (TestRunner.default ?? TestRunner) {
  isSerial = true;
}
