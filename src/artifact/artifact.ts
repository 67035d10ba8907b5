/** A built subject: what is started, where, and what is inside. Made by `build.ts`, one a build level and probe variant. */
import type { CommandLine, Path } from '../model/experiment.ts';
import type { Warning } from '../model/problem.ts';
import type { SwitchedHost, Unshared } from './switched-host.ts';

export interface Artifact {
  /** Text of the build factor's level; undefined when the experiment has no builds to compare. */
  readonly build?: string;
  /** Which version that was: `v1.4.0 (3f2a91c04)`. */
  readonly said?: string;
  /** What weakens what is measured of it. */
  readonly notes?: readonly Warning[];
  /** Built with the probe compiled in. */
  readonly probed: boolean;
  /** Of a build in which faults can be planted: what a run has to know to plant one. */
  readonly faultKey?: string;
  /** Where builds and runs start: the folder of this build level. */
  readonly folder: string;
  /** What `$OUT` stands for. */
  readonly out: string;
  /** harness and command: what starts, by path; '' where there are no paths. `$OUT` is expanded, factors' names are not. */
  readonly commands: Readonly<Partial<Record<Path | '', CommandLine>>>;
  /** go-bench: one test program a package. */
  readonly packages: readonly BenchPackage[];
  /** The subject's own variables for a run, `$OUT` expanded. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of its build alone, that its level names. */
  readonly buildEnvironment?: Readonly<Record<string, string>>;
  readonly contents: Contents;
  /** Of the first build, where the spec names a library: the one host of all builds, or why there is none. */
  readonly switched?: SwitchedHost | Unshared;
}

export interface BenchPackage {
  /** Import path. */
  readonly name: string;
  /** As it is shown: relative to the subject's folder, `.` for the folder itself. */
  readonly label: string;
  /** Its benchmarks run here, so that testdata/ is found. */
  readonly folder: string;
  /** The test program. */
  readonly file: string;
  /**
   * The same with a way in, so that batches can take turns; or a sentence without its full stop: why there is none. Undefined
   * when nobody asked for it.
   */
  readonly resident?: ResidentProgram | string;
}

/** A test program to which one test file was added, which runs benchmarks batch by batch on request. */
export interface ResidentProgram {
  readonly file: string;
  /** Name of a benchmark as declared -> the test that answers for it. */
  readonly tests: Readonly<Record<string, string>>;
}

/** What is inside a build, for the record of a study. No absolute paths. */
export interface Contents {
  readonly executables: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
  /** `go version -m` of the Go executables: toolchain, build settings. */
  readonly go: Readonly<Record<string, string>>;
  /** Go modules and their versions, from the executables. */
  readonly modules: Readonly<Record<string, string>>;
  /** Shared libraries that the executables are linked with, by name: `libc.so.6`. */
  readonly libraries?: readonly string[];
  /** Rust crates and their versions, from each Cargo.lock. */
  readonly crates: Readonly<Record<string, string>>;
  /** Build commands as they were run, `$OUT` left standing. */
  readonly commands: readonly string[];
}
