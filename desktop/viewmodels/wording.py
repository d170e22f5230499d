"""Turns every refusal into a sentence that says what happened and, where it can, what to do."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.domain import errors as domain
from desktop.exchange.errors import ExchangeError
from desktop.settings import SettingsError, SettingsTrouble
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.language import joined, marked, said
from desktop.viewmodels.complaints import exchange_sentence
from desktop.viewmodels.inspections.words import TROUBLES as CHECKLIST_TROUBLES
from desktop.viewmodels.naming import act_name, entity_name, field_name, role_names, state_name
from sync.errors import SyncError, SyncTrouble
from video.errors import FootageError, FootageTrouble

OF_STORAGE: Mapping[Enum, str] = {
    StorageTrouble.WRONG_KEY: marked("密钥打不开这个案卷库。请确认是本机的密钥，或从备份恢复。"),
    StorageTrouble.IN_USE: marked("案卷库正被另一个程序使用。请关闭另一个窗口后重试。"),
    StorageTrouble.NEWER_VERSION: marked("案卷库由更新版本的程序建立。请升级本程序后再打开。"),
    StorageTrouble.NOT_A_STORE: marked("“{0}”不是案卷库。请选择正确的文件夹。"),
    StorageTrouble.DISK_FULL: marked("磁盘已满，刚才的操作没有保存。请腾出空间后重试。"),
    StorageTrouble.NOT_WRITABLE: marked("无法写入“{0}”。请检查文件夹的权限。"),
    StorageTrouble.DAMAGED: marked("“{0}”已损坏，程序没有改动它。请从备份恢复。"),
    StorageTrouble.BAD_BACKUP: marked("这份备份未通过校验，没有恢复任何内容。"),
    StorageTrouble.WITHOUT_NOTE: marked("这项操作没有写明事由，因此没有保存。"),
    StorageTrouble.CHANGED_MEANWHILE: marked("记录刚刚被他人更改。请刷新后重新操作。"),
    StorageTrouble.CLOSED: marked("案卷库已关闭。请重新登录。"),
}

OF_SECRETS: Mapping[Enum, str] = {
    SecretsTrouble.NO_PIN: marked("没有输入密码，案卷库没有打开。"),
    SecretsTrouble.WRONG_PIN: marked("密码不正确。"),
    SecretsTrouble.WEAK_PIN: marked("密码太简单。请使用更长、不重复的密码。"),
    SecretsTrouble.DAMAGED: marked("密钥文件已损坏，程序没有改动它。请从备份恢复。"),
    SecretsTrouble.KEYRING_REFUSED: marked("系统密钥环拒绝了请求。请解锁密钥环后重试。"),
    SecretsTrouble.NOT_WRITABLE: marked("无法保存密钥。请检查文件夹的权限和磁盘空间。"),
    SecretsTrouble.KEY_MISSING: marked("本机没有这个案卷库的密钥。请输入恢复码取回密钥。"),
    SecretsTrouble.BAD_CODE: marked("恢复码不完整或有抄错的字符。请逐组核对。"),
}

OF_SYNC: Mapping[Enum, str] = {
    SyncTrouble.UNREACHABLE: marked("连不上服务器。可以继续离线工作，恢复连接后自动同步。"),
    SyncTrouble.UNTRUSTED: marked("服务器的证书不符或不受信任，没有发送任何内容。请联系管理员。"),
    SyncTrouble.WRONG_CREDENTIALS: marked("用户名或密码不正确。"),
    SyncTrouble.SIGNED_OUT: marked("登录已失效。请重新登录。"),
    SyncTrouble.DEVICE_REVOKED: marked("这台设备已被管理员停用。请联系管理员。"),
    SyncTrouble.NOT_ALLOWED: marked("服务器没有给您这项权限。请联系管理员。"),
    SyncTrouble.BUSY: marked("服务器繁忙，稍后自动重试。"),
    SyncTrouble.REFUSED: marked("服务器拒绝了请求。请在同步中心查看原因。"),
    SyncTrouble.TOO_OLD: marked("本程序的版本太旧，服务器不再接受。请升级。"),
    SyncTrouble.DAMAGED: marked("传输的数据未通过校验，没有采用。稍后自动重试。"),
    SyncTrouble.INCOMPLETE: marked("传输没有完成，下一轮从断点继续。"),
    SyncTrouble.OTHER_SERVER: marked("这不是原来的服务器。为保护数据，同步已停止。"),
}

OF_FOOTAGE: Mapping[Enum, str] = {
    FootageTrouble.MISSING_FILE: marked("找不到视频文件“{0}”。"),
    FootageTrouble.NOT_A_VIDEO: marked("“{0}”不是视频文件。"),
    FootageTrouble.TRUNCATED: marked("视频“{0}”不完整，只能使用前面的部分。"),
    FootageTrouble.UNREACHABLE: marked("连不上摄像机“{0}”。请检查地址和网络。"),
    FootageTrouble.WRONG_CREDENTIALS: marked("摄像机“{0}”的用户名或密码不正确。"),
    FootageTrouble.TIMED_OUT: marked("摄像机“{0}”没有响应，正在重试。"),
    FootageTrouble.STREAM_ENDED: marked("摄像机“{0}”的画面中断，正在重连。"),
    FootageTrouble.UNSUPPORTED: marked("不支持“{0}”的视频格式。"),
    FootageTrouble.BAD_SCRIPT: marked("演示脚本“{0}”有误。"),
    FootageTrouble.BAD_ZONE: marked("“{0}”的区域超出画面或过小。请重新画定。"),
    FootageTrouble.BAD_TRUTH: marked("对照文件“{0}”有误（{1}）。"),
    FootageTrouble.BAD_MODEL: marked("“{0}”：识别模型无法读取。自带的请重装程序，自选的请另选。"),
    FootageTrouble.CHANGED_MODEL: marked("“{0}”：识别模型文件与选定时不同，没有使用。请重新选定。"),
    FootageTrouble.UNFIT_MODEL: marked("“{0}”：识别模型的输入或输出与所选类型不符，没有使用。"),
    FootageTrouble.NO_DEVICE: marked("“{0}”：识别所选的计算设备在本机不可用。"),
    FootageTrouble.TOO_FEW: marked("可供学习的图像太少（{1}）。有人、空座各需 4 张，来自 3 天。"),
    FootageTrouble.NO_TIME: marked("不知道“{0}”何时开始。请填写开始时间。"),
    FootageTrouble.DISK_FULL: marked("磁盘已满，“{0}”的证据无法保存。请腾出空间。"),
    FootageTrouble.NOT_WRITABLE: marked("无法写入证据文件夹。请检查权限。"),
    FootageTrouble.DAMAGED: marked("证据“{0}”未通过校验，不能使用。"),
}

OF_SETTINGS: Mapping[Enum, str] = {
    SettingsTrouble.UNREADABLE: marked("设置文件无法读取。请改正或删除它，删除后使用默认值。"),
    SettingsTrouble.NOT_WRITABLE: marked("设置无法保存。请检查文件夹的权限和磁盘空间。"),
    SettingsTrouble.WRONG_KIND: marked("“{0}”的值类型不对。"),
    SettingsTrouble.OUT_OF_RANGE: marked("“{0}”超出范围，允许 {1}。"),
    SettingsTrouble.BAD_ADDRESS: marked("服务器地址不正确，应以 https:// 开头，不含用户名和密码。"),
}

OF_DOCUMENTS: Mapping[Enum, str] = {
    DocumentTrouble.MISSING_FIELD: marked("文书缺少“{0}”，请补充后再生成。"),
    DocumentTrouble.NO_GLYPH: marked("没有字体能显示“{0}”。请安装含有此字的字体。"),
    DocumentTrouble.NO_FONT: marked("找不到排版用的字体。请安装中文字体。"),
    DocumentTrouble.BAD_TEMPLATE: marked("文书模板“{0}”有误。"),
    DocumentTrouble.BAD_PICTURE: marked("图片“{0}”无法使用。"),
    DocumentTrouble.BAD_PDF: marked("PDF 文件已损坏，读不出其中的表格。"),
    DocumentTrouble.BAD_KEY: marked("密钥文件或密码不正确，没有签名。"),
    DocumentTrouble.KEY_NOT_VALID: marked("证书不在有效期内（{0}），没有签名。"),
}

OF_DOMAIN: Mapping[type[domain.DomainError], str] = {
    domain.NotFound: marked("找不到这条记录（{0}），可能尚未同步到本机。"),
    domain.Sealed: marked("“{0}”已封存，不能更改。"),
    domain.AlreadyOff: marked("{1}已登记“{0}”，还没有结束。"),
    domain.WindowWatched: marked("{0}已由“{1}”监看。一个窗口只能由一台摄像机判断。"),
    domain.Inconclusive: marked("监看中断的时间过长，不足以认定，不能据此发牌。"),
    domain.OrganMayNotIssue: marked("本机关无权印发这种文书，只能移送有权机关。"),
    domain.BasisNotInForce: marked("所引依据在 {1} 不在施行期内。请另选依据。"),
    domain.BasisCited: marked(
        "已签发的牌引用了“{0}”，名称和条款不能再改。请登记新的条款，只改旧条款的失效日期。"
    ),
    domain.LocalRuleMissing: marked(
        "发牌依据须有在施行期内的本地办法名称和条款。请在“依据与机关”登记后引用。"
    ),
    domain.Recused: marked("您已申明回避（{1}），不能办理这个单位的事项，请由另一人办理。"),
    domain.FindingNotConfirmed: marked("疑似问题尚未经两人核实属实，不能发牌。"),
    domain.DateMayMove: marked("期限涉及尚未公布日历的年份，只是暂定，不能据此发牌。"),
    domain.TooLightForCard: marked("提示和预警不发牌。"),
    domain.CardTooHigh: marked("这个问题的级别不够，只能发较低的牌。累计升级须另有升级的认定。"),
    domain.FindingAlreadyCarded: marked("这个疑似问题已经发过牌，或同一问题已有同级、更高的牌。"),
    domain.Unproven: marked("至少要用 20 个没有学过的问题或日期检验，且漏看不多，才能信任。"),
    domain.MarkedOriginal: marked("只能在遮蔽后的副本上批注，原件不能改动。"),
    domain.CannotVerify: marked("此人没有核实疑似问题的角色，请指派给监察员或视频监察员。"),
    domain.AskedNobodySo: marked("没有请您会签这份正文，或者您已经会签过。"),
    domain.AppealTooLate: marked("申诉期已于 {1} 届满，不能再提出申诉。"),
    domain.ReplyTakenBefore: marked("{0} 的这份回复表已经收取过。"),
    domain.ReplyUnmatched: marked("这份回复表不是随 {0} 发出的，请核对文号后重新选择。"),
    domain.SuccessorUnfit: marked(
        "这份牌不能接替原牌：变更须选同一问题、等级更低的草稿，升级须选等级不低于原牌的另一份牌。"
    ),
    domain.AppealTimeRuns: marked("申诉期至 {1} 届满，或申诉尚未办结，现在还不能生效。"),
    domain.ExtensionRefused: marked(
        "整改只能延期一次，须在报送之前、原期限 {1} 之内提出，并延到更晚的日期。"
    ),
    domain.EscalationUnfounded: marked(
        "整改逾期 {1} 个工作日，满 {2} 个工作日仍未报送，或复查再次不到位，才能升级。"
    ),
    domain.RecheckSaysOtherwise: marked(
        "复查结论不允许这样办理：合格的销号，不合格的退回重改，虚假整改的升级处理。"
    ),
    domain.ReturnedBefore: marked("整改已退回过一次，不能再退回。请升级处理。"),
    domain.ContentChanged: marked("正文与签发时不一致，不能编号用印。请退回重新签发。"),
    domain.NoNumberLeft: marked("本机领用的文号已用完。请连接服务器领取后再编号。"),
    domain.CalendarUnknown: marked("{0} 年的工作日历尚未发布，期限无法确定。请导入日历。"),
    domain.ClockWentBack: marked("本机时钟早于上一次签批的时间。请校准时钟后再操作。"),
    domain.NeverSignedInHere: marked("没有网络时，只有在这台设备登录过的人才能登录。"),
    domain.NotOnThisInspection: marked("只有指定的两名巡查人员才能办理这次巡查。"),
    domain.InspectionIncomplete: marked("还有 {1} 个检查项目没有答完，不能完成巡查。"),
    domain.OnHold: marked("案卷已冻结（{1}）。解除冻结后再办理。"),
    domain.BadProfile: marked("评估方案“{0}”有误（{1}），没有采用。"),
    domain.CoefficientOutOfBounds: marked(
        "折合系数 {1} 超出评估方案允许的范围，没有计分。请改正后重新计算。"
    ),
    domain.AlreadyReversed: marked("这笔扣分已经冲销，或者本身就是冲销记录，不能再冲销。"),
    domain.PeriodLocked: marked("{0} 已锁定为第 {1} 版，此后数字没有变化，不需要再次锁定。"),
    domain.ReportDoesNotAddUp: marked(
        "报告表 {0} 的“{1}”合计为 {2}，与台账的 {3} 不符，没有生成报告。"
    ),
}

SETTINGS: Mapping[str, str] = {
    "language": marked("语言"),
    "theme": marked("主题"),
    "scale_percent": marked("界面大小（%）"),
    "alert_sound": marked("离岗时响一声"),
    "server_url": marked("服务器地址"),
    "sync_every_s": marked("同步间隔（秒）"),
    "traffic": marked("到服务器的网络"),
    "sync_limit_kb": marked("文件同步限速（KB/秒）"),
    "proxy_url": marked("代理服务器"),
    "authorities_file": marked("单位证书文件"),
    "preview_per_second": marked("监看画面每秒幅数"),
    "lock_after_min": marked("无操作后锁定（分钟）"),
    "stay_in_tray": marked("关闭窗口后继续监看"),
    "start_with_machine": marked("随电脑启动"),
    "keep_awake": marked("监看时不睡眠"),
    "keep_free_mb": marked("至少保留的磁盘空间（MB）"),
    "keep_clips_days": marked("录像保存天数"),
    "keep_pictures_days": marked("照片保存天数"),
    "evidence_quota_gb": marked("证据占用上限（GB）"),
    "keep_backups": marked("保留的备份份数"),
    "model_file": marked("识别模型文件"),
    "model_sha256": marked("识别模型的摘要"),
    "model_family": marked("识别模型的类型"),
    "model_device": marked("识别所用的设备"),
}

OURS = marked("程序出错了，没有保存不完整的内容。错误报告已写入本机。")

# Codes that the server gives for a change it does not take; the rest are refusals of the domain.
OF_SERVER: Mapping[str, str] = {
    "changed_meanwhile": marked("他人先改了同一项内容"),
    "earlier_refused": marked("它所依据的前一项更改没有被接受"),
    "group_refused": marked("同一次操作的另一部分没有被接受"),
    "exists": marked("服务器上已有这条记录，另一台电脑先上报了"),
    "not_found": marked("服务器上没有这条记录"),
    "unknown_entity": marked("服务器的版本不认识这类记录"),
    "unknown_user": marked("服务器不认识操作人"),
    "not_allowed": marked("操作人没有权限"),
    "wrong_state": marked("记录已处于不允许此操作的状态"),
    "same_person": marked("两个步骤必须由不同的人完成"),
    "missing_field": marked("缺少必填内容"),
    "bad_field": marked("内容不符合要求"),
    "sealed": marked("记录已封存，不能更改"),
}


def sentence(error: BaseException) -> str:
    """Say a refusal in the current language; anything that is not one was our own mistake."""
    match error:
        case domain.DomainError():
            told = _domain_sentence(error)
        case StorageError():
            told = said(OF_STORAGE[error.trouble]).format(error.subject)
        case SecretsError():
            told = said(OF_SECRETS[error.trouble])
        case SyncError():
            told = _with_wait(said(OF_SYNC[error.trouble]), error.retry_s or 0.0)
        case FootageError():
            told = said(OF_FOOTAGE[error.trouble]).format(error.subject, error.detail)
        case SettingsError():
            told = said(OF_SETTINGS[error.trouble]).format(setting_name(error.name), error.allowed)
        case ExchangeError():
            told = exchange_sentence(error)
        case DocumentError():
            told = said(OF_DOCUMENTS[error.trouble]).format(field_name(error.subject))
        case _:
            told = said(OURS)
    return told


def retryable(error: BaseException) -> bool:
    """Tell whether trying again may help, so that a screen offers it."""
    return bool(getattr(error, "retryable", False))


def server_reason(reason: Mapping[str, Any]) -> str:  # Any: JSON
    """Say why the server did not take a change."""
    code = str(reason.get("code", ""))
    told = said(OF_SERVER[code]) if code in OF_SERVER else code
    field = reason.get("field")
    return f"{told} ({field_name(str(field))})" if field else told


def setting_name(name: str) -> str:
    """Name a setting."""
    return said(SETTINGS[name]) if name in SETTINGS else name


def _with_wait(told: str, wait_s: float) -> str:
    if wait_s < 1:
        return told
    return joined(told, said("请在 {0} 秒后再试。").format(round(wait_s)))


def _domain_sentence(error: domain.DomainError) -> str:
    match error:
        case domain.NotAllowed():
            told = said("您的角色不能对“{0}”{1}。可以由以下角色办理：{2}。").format(
                entity_name(error.entity), act_name(error.act), role_names(error.roles)
            )
        case domain.WrongState():
            told = said("“{0}”现在的状态是“{1}”，不能{2}。").format(
                entity_name(error.entity), state_name(error.state), act_name(error.act)
            )
        case domain.SamePerson():
            told = said("“{1}”不能由“{0}”本人办理，请由另一个人完成。").format(
                field_name(error.field), act_name(error.act)
            )
        case domain.MissingField():
            told = said("缺少“{0}”，不能{1}。").format(field_name(error.field), act_name(error.act))
        case domain.BadField():
            told = said("“{0}”的“{1}”不符合要求。").format(
                entity_name(error.entity), field_name(error.field)
            )
        case domain.BadChecklist():
            trouble = said(CHECKLIST_TROUBLES[error.trouble])
            told = said("检查表有误：{0}（{1}）。").format(trouble, error.where)
        case domain.DutiesClash():
            words = said("“{0}”和“{1}”不能由同一人兼任：系统管理、安全审计和业务三类角色必须分开。")
            told = words.format(*(role_names((role,)) for role in error.roles))
        case domain.WrongPassword():
            told = _with_wait(said("用户名或密码不正确。"), error.wait_s)
        case _:
            told = _plain_sentence(error)
    return told


def _plain_sentence(error: domain.DomainError) -> str:
    first = error.fields[0] if error.fields else ""
    return said(OF_DOMAIN[type(error)]).format(entity_name(str(first)), *error.fields[1:])
