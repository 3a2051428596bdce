/** `touchstone/measures`: the measures as pure functions of values. No file access; a test pins these names. */
export { brennanPrediger } from "./measures/agreement/brennan-prediger.js";
export { type CohenKappa, cohenKappa, type KappaOptions } from "./measures/agreement/cohen-kappa.js";
export {
  congerKappa,
  lightKappa,
  mergePairTables,
  type PairTables,
  pairTables,
  type RatingRows,
  rowTypes,
} from "./measures/agreement/conger-kappa.js";
export { type Coefficient, coefficientOf, type InferenceOptions } from "./measures/agreement/estimate.js";
export {
  type FleissTest,
  fleissKappa,
  fleissTest,
  type RandolphKappa,
  randolphKappa,
} from "./measures/agreement/fleiss-kappa.js";
export { gwetAc } from "./measures/agreement/gwet-ac.js";
export { type Icc, type IccForm, icc } from "./measures/agreement/icc.js";
export { type KendallW, kendallW } from "./measures/agreement/kendall-w.js";
export {
  type AlphaMetric,
  krippendorffAlpha,
  krippendorffAlphaInterval,
} from "./measures/agreement/krippendorff-alpha.js";
export { krippendorffAlphaByDistance } from "./measures/agreement/krippendorff-distance.js";
export { percentAgreement, type UnanimityTally, unanimity } from "./measures/agreement/percent-agreement.js";
export { pabak, scottPi } from "./measures/agreement/scott-pi.js";
export type { WeightName } from "./measures/agreement/weights.js";
export {
  type Answers,
  accuracies,
  type Hits,
  hitsOf,
  majorityVote,
  mergeHits,
  mergeVotes,
  noHits,
  noVotes,
  overallAccuracy,
  type Vote,
  type Votes,
  votesOf,
  wawa,
} from "./measures/annotators/votes.js";
export {
  type BoxColumns,
  type BoxMatching,
  type BoxTally,
  boxAgreement,
  boxTallyState,
  matchBoxes,
} from "./measures/detection/box-agreement.js";
export { type ClassificationPrf, classificationPrf, type Prf } from "./measures/detection/classification-prf.js";
export { confusionOf, confusionState } from "./measures/detection/confusion.js";
export {
  type BoxDetections,
  type BoxTruths,
  boxDetectionQuality,
  type DetectionNumber,
  type DetectionNumbers,
  type DetectionQuality,
  type MaskDetections,
  type MaskTruths,
  maskDetectionQuality,
} from "./measures/detection/detection-quality.js";
export { matthewsCorrelation } from "./measures/detection/mcc.js";
export {
  type CategoryQuality,
  categoryQuality,
  type PanopticOptions,
  type PanopticPixels,
  type PanopticTally,
  panopticState,
  panopticTally,
} from "./measures/detection/panoptic.js";
export { maskIouMatrix } from "./measures/detection/rle.js";
export { rotatedIof, rotatedIou } from "./measures/detection/rotated.js";
export {
  cronbachAlpha,
  type ItemAnalysis,
  itemAnalysis,
  kr20,
  lengthFor,
  spearmanBrown,
} from "./measures/exams/reliability.js";
export { MeasureError } from "./measures/inputs.js";
export { type EloCurve, eloExpected, eloUpdate } from "./measures/preference/elo.js";
export { type LoadedTable, loadedTable, type TableCell } from "./measures/sampling/loaded-table.js";
export { type AqlQuery, type AqlStandard, aqlPlan } from "./measures/sampling/plans.js";
export { conllEntities } from "./measures/sequence/conll.js";
export { countEntities, type EntityCounts, entityCounts } from "./measures/sequence/counts.js";
export { averageScores, entityScores, type Scores } from "./measures/sequence/sequence-prf.js";
export { strictEntities, type TagScheme } from "./measures/sequence/strict.js";
export { type TokenConfusion, tokenConfusion, tokenConfusionState } from "./measures/sequence/token-confusion.js";
export {
  type ClusterTimes,
  clusterShares,
  clusterTimes,
  clusterTimesOf,
  optimalMapping,
  type SpeakerTimes,
  speakerRates,
  speakerTimes,
  speakerTimesOf,
} from "./measures/speech/diarization.js";
export {
  type CostWeights,
  type DetectionTimes,
  detectionRates,
  detectionTimes,
  detectionTimesOf,
} from "./measures/speech/speech-detection.js";
export type { Span, Tracks } from "./measures/speech/timeline.js";
export {
  countCharacterErrors,
  countWordErrors,
  countWordErrorsOf,
  type Utterance,
  type WordErrorRates,
  wordErrorRates,
} from "./measures/speech/word-error.js";
export { accumulatorScores, type SummaryState, summaryCounts, summaryState } from "./measures/tracking/accumulator.js";
export { type ClearMot, clearMot } from "./measures/tracking/clear.js";
export { type Hota, hota } from "./measures/tracking/hota.js";
export {
  type IdentityScores,
  motIdentity,
  motVace,
  type VaceScores,
  type VaceState,
  vaceCounts,
  vaceState,
} from "./measures/tracking/identity.js";
export type { BootstrapInterval, BootstrapOptions } from "./statistics/alpha-bootstrap.js";
export type { AgreementEstimate, NoEstimate } from "./statistics/chance-corrected.js";
export { type ChoiceOptions, type Choices, choicesOf, choicesOfRankings, logAbilities } from "./statistics/choices.js";
export { type ClearState, clearCounts, clearState } from "./statistics/clear-mot.js";
export {
  type ClusteredOptions,
  type ClusteredProportion,
  clusteredProportion,
} from "./statistics/clustered-proportion.js";
export { addPairs, type Confusion, mergeConfusions, newConfusion } from "./statistics/confusion.js";
export {
  type DawidSkene,
  type DawidSkeneOptions,
  dawidSkene,
  dawidSkeneLogLikelihood,
} from "./statistics/dawid-skene.js";
export { agrestiCaffo, type Group, newcombeDifference, waldDifference } from "./statistics/difference-intervals.js";
export { alignedEdits, type EditCounts, editCounts } from "./statistics/edit-distance.js";
export { clopperPearson, hypergeometricInterval, type LotInterval } from "./statistics/exact-interval.js";
export { boxCiou, boxDiou, boxGiou, boxIou } from "./statistics/geometry/box-overlap.js";
export { hexahedronOf, sharedVolume } from "./statistics/geometry/box3d-overlap.js";
export type { RotatedBox } from "./statistics/geometry/rotated-overlap.js";
export { type Glad, type GladOptions, glad } from "./statistics/glad.js";
export { alphas, type HotaScores, type HotaState, hotaCounts, hotaScores, hotaState } from "./statistics/hota.js";
export { type Interval, wilsonInterval } from "./statistics/interval.js";
export { addPerson, type ItemSums, mergeItemSums, noItemSums } from "./statistics/item-sums.js";
export { type Mace, type MaceOptions, mace } from "./statistics/mace.js";
export { matchPairs } from "./statistics/matching.js";
export {
  type AccumulatorState,
  accumulate,
  accumulatorState,
  type DistanceFrame,
} from "./statistics/mot-accumulator.js";
export type { Summit } from "./statistics/newton.js";
export { bradleyTerry, bradleyTerryMm, bradleyTerryOrderEffect, deviance, type Games } from "./statistics/paired.js";
export {
  agrestiCoull,
  type IntervalOptions,
  logitInterval,
  waldInterval,
  wilsonCorrected,
} from "./statistics/proportion-intervals.js";
export {
  type ChiSquare,
  effectSizeH,
  equalProportions,
  givenProportions,
  holmAdjust,
  zTwoProportions,
} from "./statistics/proportion-tests.js";
export { mergeRaschCounts, type Rasch, type RaschCounts, rasch, raschCounts } from "./statistics/rasch.js";
export {
  acceptanceProbability,
  type LotDisposition,
  type LotModel,
  lotDisposition,
  type StagedPlan,
} from "./statistics/sampling/acceptance.js";
export {
  type AqlCell,
  codeLetter,
  type DoublePlan,
  doublePlan,
  type InspectionLevel,
  type Severity,
  type SinglePlan,
  singlePlan,
} from "./statistics/sampling/aql.js";
export { type AttributesPlan, designSinglePlan } from "./statistics/sampling/design.js";
export { averageOutgoingQualityLimit, lotTolerance } from "./statistics/sampling/dodge-romig.js";
export {
  type InspectedLot,
  inspectLot,
  resumeTightened,
  type SwitchingPlan,
  type SwitchingRules,
  type SwitchingState,
  startSwitching,
} from "./statistics/sampling/switching.js";
export {
  designVariablesPlan,
  type RiskPoints,
  type Sigma,
  type VariablesPlan,
  variablesAcceptance,
} from "./statistics/sampling/variables.js";
export { type IdentityState, identityCounts, identityState } from "./statistics/track-identity.js";
export { type TrackFrame, type TrackSequence, trackSequence } from "./statistics/track-sequence.js";
export { addRatings, addUnit, mergeUnitTypes, newUnitTypes, type UnitTypes } from "./statistics/unit-types.js";
