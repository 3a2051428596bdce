import type { GroupAnswer, GroupCheckDeclaration, GroupColumns, Siblings } from "../checks/declaration.js";

const noNumbers = new Float64Array(0);

/** The columns of a group that is only counted. */
export const noColumns: Omit<GroupColumns, "size"> = {
  box: noNumbers,
  category: noNumbers,
  area: noNumbers,
  iscrowd: noNumbers,
  value: noNumbers,
};

/** The members of one group after the other: answers of group checks, each computed once for the whole group. */
export class GroupSiblings implements Siblings {
  size = 0;
  /** By call site. */
  readonly answers: (GroupAnswer | undefined)[] = [];
  #columns: GroupColumns = { size: 0, ...noColumns };

  /** Begins a group; forgets the answers of the one before. */
  begin(columns: GroupColumns): void {
    this.#columns = columns;
    this.size = columns.size;
    for (let site = 0; site < this.answers.length; site++) this.answers[site] = undefined;
  }

  answer(site: number, check: GroupCheckDeclaration, args: readonly unknown[]): GroupAnswer {
    let known = this.answers[site];
    if (known === undefined) {
      known = check.answer(this.#columns, ...args);
      while (this.answers.length <= site) this.answers.push(undefined);
      this.answers[site] = known;
    }
    return known;
  }
}
