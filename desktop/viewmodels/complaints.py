"""Says why a foreign file, or a row of it, was not taken, and where."""

from collections.abc import Iterable, Mapping

from desktop.domain.imports import Complaint, Reason
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.system.language import joined, marked, said

OF_EXCHANGE: Mapping[ExchangeTrouble, str] = {
    ExchangeTrouble.MISSING_FILE: marked("找不到文件“{0}”。"),
    ExchangeTrouble.NOT_READABLE: marked("无法读取“{0}”。请检查权限，或关闭正在使用它的程序。"),
    ExchangeTrouble.NOT_WRITABLE: marked("无法写入“{0}”。请检查文件夹的权限和磁盘空间。"),
    ExchangeTrouble.EMPTY: marked("“{0}”是空文件。"),
    ExchangeTrouble.NOT_A_TABLE: marked("“{0}”不是表格。请导出为 CSV 或 Excel 工作簿。"),
    ExchangeTrouble.NO_ROWS: marked("“{0}”只有表头，没有数据行。"),
    ExchangeTrouble.NO_CASES: marked("“{0}”中没有办件。"),
    ExchangeTrouble.ONE_COLUMN: marked(
        "“{0}”只能读出一列。请用逗号、分号、制表符或竖线分隔各列后重新导出。"
    ),
    ExchangeTrouble.TOO_MANY_COLUMNS: marked("“{0}”的列太多（{3}）。请只导出需要的列。"),
    ExchangeTrouble.TOO_MANY_ROWS: marked("“{0}”的行太多（{3}）。请分成几个文件导出。"),
    ExchangeTrouble.TWO_COLUMNS_OF_ONE_NAME: marked("“{0}”有两列同名。请改名后重新导出。"),
    ExchangeTrouble.MISSING_COLUMN: marked("“{0}”缺少必需的列。请换一个映射方案，或补上这一列。"),
    ExchangeTrouble.UNKNOWN_ENCODING: marked(
        "“{0}”含有无法识别的文字编码。请另存为 UTF-8 或 GB18030 后重试。"
    ),
    ExchangeTrouble.MIXED_ENCODINGS: marked(
        "“{0}”混用了两种文字编码。请用一种编码重新导出整个文件。"
    ),
    ExchangeTrouble.TOO_LONG: marked("“{0}”有一行或一件过长，不像办件数据。"),
    ExchangeTrouble.DAMAGED: marked("“{0}”已损坏或不完整（{3}）。请重新取得文件。"),
    ExchangeTrouble.BOMB: marked("“{0}”解压后异常庞大（{3} 字节），可能有害，没有打开。"),
    ExchangeTrouble.NOT_WELL_FORMED: marked("“{0}”的格式有误（{3}）。"),
    ExchangeTrouble.ENTITIES: marked("“{0}”声明了文档类型或外部实体，可能读取其他文件，没有打开。"),
    ExchangeTrouble.FORMULA: marked("“{0}”的表头含有公式。请改为文字后重新导出。"),
    ExchangeTrouble.NO_PROFILE_FITS: marked(
        "没有映射方案适合“{0}”。请指定或新建一个。文件的列有：{3}。"
    ),
    ExchangeTrouble.UNKNOWN_PROFILE: marked("没有名为“{2}”的映射方案。可用的有：{3}。"),
    ExchangeTrouble.BAD_PROFILE: marked("映射方案“{0}”有误。"),
    ExchangeTrouble.NOT_AN_ARCHIVE: marked("“{0}”不是案卷归档文件。"),
    ExchangeTrouble.NEWER_ARCHIVE: marked("“{0}”由更新版本的程序归档。请升级后再打开。"),
    ExchangeTrouble.FORGED: marked("“{0}”归档后被改动过（{3}），不能采信。"),
    ExchangeTrouble.BAD_FORM: marked("“{0}”中有不支持的 XLSForm 内容：{3}"),
    ExchangeTrouble.NOT_A_CALENDAR: marked("“{0}”不是一年的放假调休安排（{3}）。"),
    ExchangeTrouble.NOT_A_PICTURE: marked("“{0}”不是可用的图片，没有采用。"),
    ExchangeTrouble.TOO_LARGE: marked("图片“{0}”过大（{3}），没有采用。请用相机的原始照片。"),
}
_SAYS_COLUMN_ITSELF = frozenset({ExchangeTrouble.UNKNOWN_PROFILE})

REASONS: Mapping[Reason, str] = {
    Reason.NO_CASE_NO: marked("没有办件编号"),
    Reason.NO_NAME: marked("没有环节名称"),
    Reason.NO_TIME: marked("没有时间"),
    Reason.BAD_TIME: marked("不是有效的日期或时间"),
    Reason.BAD_NUMBER: marked("不是有效的数字"),
    Reason.UNKNOWN_CODE: marked("映射方案中没有这个代码"),
    Reason.LIMIT_WITHOUT_UNIT: marked("期限没有写明是工作日还是自然日"),
    Reason.FORMULA: marked("单元格含有公式"),
    Reason.CELL_ERROR: marked("单元格是计算错误"),
    Reason.WRONG_WIDTH: marked("列数与表头不符"),
    Reason.CASE_TWICE: marked("同一办件编号重复出现"),
    Reason.ENDS_BEFORE_START: marked("结束早于开始"),
    Reason.NO_TICKET_NO: marked("没有票号"),
    Reason.TICKET_TWICE: marked("同一票号和取号时间重复出现"),
    Reason.NO_VALUE: marked("没有填写"),
    Reason.UNKNOWN_WINDOW: marked("没有这个窗口，只计入排队"),
    Reason.NO_SUCH_WINDOW: marked("没有这个窗口"),
    Reason.UNKNOWN_UNIT: marked("单位不在名录内"),
}


def exchange_sentence(error: ExchangeError) -> str:
    """Say why a file was refused, and where."""
    told = said(OF_EXCHANGE[error.trouble]).format(
        error.file, error.row, error.column, error.detail
    )
    column = "" if error.trouble in _SAYS_COLUMN_ITSELF else error.column
    return joined(told, _place(error.row, column))


def complaint_sentence(complaint: Complaint) -> str:
    """Say what is wrong with a row, with its place, and whether it was taken."""
    place = said("第 {0} 行“{1}”列").format(complaint.row, complaint.column)
    if complaint.case_no:
        place += said("，办件 {0}").format(complaint.case_no)
    if complaint.event:
        place += said("的第 {0} 个环节").format(complaint.event)
    reason = said(REASONS[complaint.reason])
    what = said("{0}“{1}”").format(reason, complaint.value) if complaint.value else reason
    told = said("{0}：{1}，已采用，请核对。") if complaint.kept else said("{0}：{1}，未采用。")
    return told.format(place, what)


def complaint_table(complaints: Iterable[Complaint]) -> tuple[list[str], list[list[str]]]:
    """Give the table in which whoever sent a file can put it right: titles and rows."""
    titles = [
        said("行"), said("列"), said("办件编号"), said("第几个环节"), said("原值"), said("问题"),
        said("处理"),
    ]  # fmt: skip
    rows = [
        [
            str(each.row),
            each.column,
            each.case_no,
            str(each.event or ""),
            each.value,
            said(REASONS[each.reason]),
            said("已采用，请核对") if each.kept else said("未采用"),
        ]
        for each in complaints
    ]
    return titles, rows


def _place(row: int, column: str) -> str:
    match bool(row), bool(column):
        case True, True:
            return said("位置：第 {0} 行，“{1}”。").format(row, column)
        case True, False:
            return said("位置：第 {0} 行。").format(row)
        case False, True:
            return said("位置：“{0}”。").format(column)
    return ""
