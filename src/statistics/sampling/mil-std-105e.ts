/**
 * Sampling plans of MIL-STD-105E (10 May 1989, public domain; DTIC ADA284013), tables I, II-A, II-B, II-C and III.
 *
 * A row is a code letter, a column an AQL. A cell has its arrow followed: the letter whose sample size holds, the acceptance number, and the rejection number
 * where it is not the next one. "D0-2" is sample size code letter D, accept at 0, reject from 2 on.
 */
export type Severity = "normal" | "tightened" | "reduced";

/** Per cent nonconforming, above 10 nonconformities per hundred units only. */
export const aqls = [
  0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.25, 0.4, 0.65, 1, 1.5, 2.5, 4, 6.5, 10, 15, 25, 40, 65, 100, 150, 250,
  400, 650, 1000,
] as const;

/** S is in table II-B alone. */
const large = {
  A: 2,
  B: 3,
  C: 5,
  D: 8,
  E: 13,
  F: 20,
  G: 32,
  H: 50,
  J: 80,
  K: 125,
  L: 200,
  M: 315,
  N: 500,
  P: 800,
  Q: 1250,
  R: 2000,
  S: 3150,
};
const small = {
  A: 2,
  B: 2,
  C: 2,
  D: 3,
  E: 5,
  F: 8,
  G: 13,
  H: 20,
  J: 32,
  K: 50,
  L: 80,
  M: 125,
  N: 200,
  P: 315,
  Q: 500,
  R: 800,
};

/** Units of a single sample, by code letter. */
export const sampleSizes: Readonly<Record<Severity, Readonly<Record<string, number>>>> = {
  normal: large,
  tightened: large,
  reduced: small,
};

/** Tables II-A, II-B and II-C. */
export const singleRows: Readonly<Record<Severity, Readonly<Record<string, string>>>> = {
  normal: {
    A: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C1 B1 A1 A2 A3 A5 A7 A10 A14 A21 A30",
    B: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C1 B1 B2 B3 B5 B7 B10 B14 B21 B30 B44",
    C: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 C2 C3 C5 C7 C10 C14 C21 C30 C44 B44",
    D: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E1 D1 D2 D3 D5 D7 D10 D14 D21 D30 D44 C44 B44",
    E: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F1 E1 E2 E3 E5 E7 E10 E14 E21 E30 E44 D44 C44 B44",
    F: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G1 F1 F2 F3 F5 F7 F10 F14 F21 E21 E30 E44 D44 C44 B44",
    G: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H1 G1 G2 G3 G5 G7 G10 G14 G21 F21 E21 E30 E44 D44 C44 B44",
    H: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 J1 H1 H2 H3 H5 H7 H10 H14 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    J: "Q0 P0 N0 M0 L0 K0 J0 H0 K1 J1 J2 J3 J5 J7 J10 J14 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    K: "Q0 P0 N0 M0 L0 K0 J0 L1 K1 K2 K3 K5 K7 K10 K14 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    L: "Q0 P0 N0 M0 L0 K0 M1 L1 L2 L3 L5 L7 L10 L14 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    M: "Q0 P0 N0 M0 L0 N1 M1 M2 M3 M5 M7 M10 M14 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    N: "Q0 P0 N0 M0 P1 N1 N2 N3 N5 N7 N10 N14 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    P: "Q0 P0 N0 Q1 P1 P2 P3 P5 P7 P10 P14 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    Q: "Q0 P0 R1 Q1 Q2 Q3 Q5 Q7 Q10 Q14 Q21 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
    R: "Q0 P0 R1 R2 R3 R5 R7 R10 R14 R21 Q21 P21 N21 M21 L21 K21 J21 H21 G21 F21 E21 E30 E44 D44 C44 B44",
  },
  tightened: {
    A: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 B1 A1 A2 A3 A5 A8 A12 A18 A27",
    B: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D1 C1 B1 B2 B3 B5 B8 B12 B18 B27 B41",
    C: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E1 D1 C1 C2 C3 C5 C8 C12 C18 C27 C41 B41",
    D: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F1 E1 D1 D2 D3 D5 D8 D12 D18 D27 D41 C41 B41",
    E: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G1 F1 E1 E2 E3 E5 E8 E12 E18 E27 E41 D41 C41 B41",
    F: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H1 G1 F1 F2 F3 F5 F8 F12 F18 E18 E27 E41 D41 C41 B41",
    G: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 G0 J1 H1 G1 G2 G3 G5 G8 G12 G18 F18 E18 E27 E41 D41 C41 B41",
    H: "R0 Q0 P0 N0 M0 L0 K0 J0 H0 K1 J1 H1 H2 H3 H5 H8 H12 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    J: "R0 Q0 P0 N0 M0 L0 K0 J0 L1 K1 J1 J2 J3 J5 J8 J12 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    K: "R0 Q0 P0 N0 M0 L0 K0 M1 L1 K1 K2 K3 K5 K8 K12 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    L: "R0 Q0 P0 N0 M0 L0 N1 M1 L1 L2 L3 L5 L8 L12 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    M: "R0 Q0 P0 N0 M0 P1 N1 M1 M2 M3 M5 M8 M12 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    N: "R0 Q0 P0 N0 Q1 P1 N1 N2 N3 N5 N8 N12 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    P: "R0 Q0 P0 R1 Q1 P1 P2 P3 P5 P8 P12 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    Q: "R0 Q0 S1 R1 Q1 Q2 Q3 Q5 Q8 Q12 Q18 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
    R: "R0 Q0 S1 R1 R2 R3 R5 R8 R12 R18 Q18 P18 N18 M18 L18 K18 J18 H18 G18 F18 E18 E27 E41 D41 C41 B41",
  },
  reduced: {
    A: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C0-2 B0-2 A1 A2 A3 A5 A7 A10 A14 A21 A30",
    B: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 A0 C0-2 B0-2 B1-3 B2-4 B3-5 B5 B7 B10 B14 B21 B30",
    C: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 B0 D0-2 C0-2 C1-3 C1-4 C2-5 C3-6 C5-8 C7-10 C10-13 C14-17 C21-24 B30",
    D: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 C0 E0-2 D0-2 D1-3 D1-4 D2-5 D3-6 D5-8 D7-10 D10-13 D14-17 D21-24 C21-24 B30",
    E: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 D0 F0-2 E0-2 E1-3 E1-4 E2-5 E3-6 E5-8 E7-10 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    F: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 E0 G0-2 F0-2 F1-3 F1-4 F2-5 F3-6 F5-8 F7-10 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    G: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 F0 H0-2 G0-2 G1-3 G1-4 G2-5 G3-6 G5-8 G7-10 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    H: "Q0 P0 N0 M0 L0 K0 J0 H0 G0 J0-2 H0-2 H1-3 H1-4 H2-5 H3-6 H5-8 H7-10 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    J: "Q0 P0 N0 M0 L0 K0 J0 H0 K0-2 J0-2 J1-3 J1-4 J2-5 J3-6 J5-8 J7-10 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    K: "Q0 P0 N0 M0 L0 K0 J0 L0-2 K0-2 K1-3 K1-4 K2-5 K3-6 K5-8 K7-10 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    L: "Q0 P0 N0 M0 L0 K0 M0-2 L0-2 L1-3 L1-4 L2-5 L3-6 L5-8 L7-10 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    M: "Q0 P0 N0 M0 L0 N0-2 M0-2 M1-3 M1-4 M2-5 M3-6 M5-8 M7-10 M10-13 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    N: "Q0 P0 N0 M0 P0-2 N0-2 N1-3 N1-4 N2-5 N3-6 N5-8 N7-10 N10-13 M10-13 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    P: "Q0 P0 N0 Q0-2 P0-2 P1-3 P1-4 P2-5 P3-6 P5-8 P7-10 P10-13 N10-13 M10-13 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    Q: "Q0 P0 R0-2 Q0-2 Q1-3 Q1-4 Q2-5 Q3-6 Q5-8 Q7-10 Q10-13 P10-13 N10-13 M10-13 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
    R: "Q0 P0 R0-2 R1-3 R1-4 R2-5 R3-6 R5-8 R7-10 R10-13 Q10-13 P10-13 N10-13 M10-13 L10-13 K10-13 J10-13 H10-13 G10-13 F10-13 E10-13 E14-17 E21-24 D21-24 C21-24 B30",
  },
};

/** Table I: the largest lot of each row, and its code letters by inspection level. */
export const levels = ["S-1", "S-2", "S-3", "S-4", "I", "II", "III"] as const;
export const lotRows: readonly (readonly [number, string])[] = [
  [8, "AAAAAAB"],
  [15, "AAAAABC"],
  [25, "AABBBCD"],
  [50, "ABBCCDE"],
  [90, "BBCCCEF"],
  [150, "BBCDDFG"],
  [280, "BCDEEGH"],
  [500, "BCDEFHJ"],
  [1200, "CCEFGJK"],
  [3200, "CDEGHKL"],
  [10000, "CDFGJLM"],
  [35000, "CDFHKMN"],
  [150000, "DEGJLNP"],
  [500000, "DEGJMPQ"],
  [Infinity, "DEHKNQR"],
];

/** Units of each of the two samples, by the code letter of the single plan that it stands for; without one there is no double plan. */
export const doubleSizes: Readonly<Record<Severity, Readonly<Record<string, number>>>> = {
  normal: {
    B: 2,
    C: 3,
    D: 5,
    E: 8,
    F: 13,
    G: 20,
    H: 32,
    J: 50,
    K: 80,
    L: 125,
    M: 200,
    N: 315,
    P: 500,
    Q: 800,
    R: 1250,
    S: 2000,
  },
  tightened: {
    B: 2,
    C: 3,
    D: 5,
    E: 8,
    F: 13,
    G: 20,
    H: 32,
    J: 50,
    K: 80,
    L: 125,
    M: 200,
    N: 315,
    P: 500,
    Q: 800,
    R: 1250,
    S: 2000,
  },
  reduced: { D: 2, E: 3, F: 5, G: 8, H: 13, J: 20, K: 32, L: 50, M: 80, N: 125, P: 200, Q: 315, R: 500 },
};

/** Acceptance numbers and rejection numbers after the first and the second sample, by those of the single plan: table III says the same in every row. */
export const doubleNumbers: Readonly<
  Record<Severity, Readonly<Record<string, readonly [number, number, number, number]>>>
> = {
  normal: {
    "1": [0, 1, 2, 2],
    "2": [0, 3, 3, 4],
    "3": [1, 4, 4, 5],
    "5": [2, 6, 5, 7],
    "7": [3, 8, 7, 9],
    "10": [5, 12, 9, 13],
    "14": [7, 18, 11, 19],
    "21": [11, 26, 16, 27],
    "30": [17, 37, 22, 38],
    "44": [25, 56, 31, 57],
  },
  tightened: {
    "1": [0, 1, 2, 2],
    "2": [0, 3, 3, 4],
    "3": [1, 4, 4, 5],
    "5": [2, 6, 5, 7],
    "8": [3, 11, 7, 12],
    "12": [6, 15, 10, 16],
    "18": [9, 23, 14, 24],
    "27": [15, 34, 20, 35],
    "41": [23, 52, 29, 53],
  },
  reduced: {
    "0-2": [0, 0, 2, 2],
    "1-3": [0, 0, 3, 4],
    "1-4": [0, 1, 4, 5],
    "2-5": [0, 3, 4, 6],
    "3-6": [1, 4, 5, 7],
    "5-8": [2, 6, 7, 9],
    "7-10": [3, 8, 8, 12],
    "10-13": [5, 12, 10, 16],
    "14-17": [7, 18, 12, 22],
    "21-24": [11, 26, 17, 30],
  },
};
