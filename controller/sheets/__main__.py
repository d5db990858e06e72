"""Entry of the child that reads a workbook: its bytes on standard input, `Rows` as JSON."""

from controller.child_side import answer
from controller.sheets.wire import Rows, Trouble
from controller.sheets.workbook import rows_of

CPU_S = 20  # 5,000 rows take one

if __name__ == "__main__":
    answer(rows_of, Rows(trouble=Trouble.UNREADABLE), cpu_s=CPU_S)
