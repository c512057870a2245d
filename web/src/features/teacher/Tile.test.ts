import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Row } from "../../api/types";
import Tile from "./Tile.svelte";

function tile(marks: Row["marks"]) {
  const row: Row = {
    student: { id: "s", given_name: "Ana", family_name: "Ruiz" },
    version: 1,
    here: true,
    working_on: null,
    last_answer_at: null,
    answers_today: 0,
    right_today: 0,
    marks,
    hand_up: false,
  };
  render(Tile, { row, classId: "c", minutes: null, long: false });
  return screen.queryAllByRole("img").map((one) => one.getAttribute("aria-label"));
}

test("who is on a side path is marked so", () => {
  expect(tile(["side_path"])).toEqual(["side path"]);
});

test("a side path does not hide that somebody is to be seen first", () => {
  expect(tile(["see_first", "side_path"])).toEqual(["see first", "side path"]);
});
